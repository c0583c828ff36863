//! A candidate version on a party's history.
