//! A real OCI registry, a process of its own on this machine.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::{env, fs, io, thread};

/// Runs until it is dropped.
pub struct Registry {
    process: Child,
    /// "127.0.0.1:41234".
    pub address: String,
    _folder: tempfile::TempDir,
}

/// Who may use a registry that asks: name, password, and the line of its password file.
const USER: (&str, &str, &str) =
    ("author", "a password", "author:$2y$05$abcdefghijklmnopqrstuu2sM.EEHj4jPcCa5rwqJGg1PNBllkZXy");

/// The registry cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The program cannot be run.
    #[error("docker-registry cannot be run: {0}; `host/cli/scripts/setup.sh test` installs it")]
    Program(io::Error),
    /// A folder or file.
    #[error(transparent)]
    Folder(#[from] io::Error),
    /// It ended, or did not say where it listens.
    #[error("docker-registry does not listen: {0}")]
    Silent(String),
}

impl Registry {
    /// Starts one that anybody may use, on a free port, with nothing in it. Tests do not skip where there is no
    /// registry: they fail.
    ///
    /// # Errors
    /// It is not installed or does not start.
    pub fn start() -> Result<Self, RegistryError> {
        Self::with(|_, _| Ok(()))
    }

    /// Starts one that wants a name and a password, which are given too.
    ///
    /// # Errors
    /// As [`Registry::start`].
    pub fn locked() -> Result<(Self, &'static str, &'static str), RegistryError> {
        let registry = Self::with(|command, folder| {
            let file = folder.join("htpasswd");
            fs::write(&file, USER.2)?;
            command.env("REGISTRY_AUTH", "htpasswd").env("REGISTRY_AUTH_HTPASSWD_REALM", "sanbao");
            command.env("REGISTRY_AUTH_HTPASSWD_PATH", file);
            Ok(())
        })?;
        Ok((registry, USER.0, USER.1))
    }

    fn with(
        set: impl FnOnce(&mut Command, &std::path::Path) -> io::Result<()>,
    ) -> Result<Self, RegistryError> {
        let folder = tempfile::tempdir()?;
        let config = folder.path().join("config.yml");
        fs::write(&config, "version: 0.1\nstorage:\n  filesystem: {}\nhttp:\n  addr: 127.0.0.1:0\n")?;
        let program = ["docker-registry", "registry"].into_iter().find(|name| is_on_path(name));
        let mut command = Command::new(program.unwrap_or("docker-registry"));
        command.arg("serve").arg(&config).env("OTEL_TRACES_EXPORTER", "none");
        command.env("REGISTRY_STORAGE_FILESYSTEM_ROOTDIRECTORY", folder.path().join("data"));
        set(&mut command, folder.path())?;
        let mut process =
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().map_err(RegistryError::Program)?;
        let said = process.stderr.take().ok_or_else(|| RegistryError::Silent("no output".to_owned()))?;
        let mut lines = BufReader::new(said).lines();
        let mut log = String::new();
        let address = loop {
            let Some(line) = lines.next().transpose()? else {
                let _ = process.wait();
                return Err(RegistryError::Silent(log));
            };
            if let Some((_, rest)) = line.split_once("listening on ") {
                let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ':'));
                break rest[..end.unwrap_or(rest.len())].to_owned();
            }
            log.push_str(&line);
            log.push('\n');
        };
        // It must not stop because nobody reads what it says.
        thread::spawn(move || lines.for_each(drop));
        Ok(Self { process, address, _folder: folder })
    }
}

fn is_on_path(program: &str) -> bool {
    env::var_os("PATH")
        .is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
