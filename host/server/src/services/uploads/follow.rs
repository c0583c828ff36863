//! An upload as a stream of events, whichever host checks it.

use super::EVERY;
use crate::app::App;
use futures::Stream;
use sanbao_domain::ids::{PartyId, UploadId};
use sanbao_store::StoreError;
use sanbao_store::upload::{self, Upload, UploadEvent};
use std::collections::VecDeque;
use tokio::sync::watch;

/// An event; with the last one the upload as it ended.
#[derive(Clone, Debug)]
pub struct Told {
    /// What changed.
    pub event: UploadEvent,
    /// How it ended.
    pub ended: Option<Box<Upload>>,
}

struct Following {
    app: App,
    owner: PartyId,
    id: UploadId,
    after: u64,
    bell: watch::Receiver<()>,
    told: VecDeque<Told>,
    over: bool,
}

/// What happened after the event `after`, and what happens from now on, until the upload has ended or the host
/// stops: then whoever listens connects again.
pub fn follow(
    app: &App,
    owner: PartyId,
    id: UploadId,
    after: u64,
) -> impl Stream<Item = Told> + Send + use<> {
    let bell = app.uploads().subscribe();
    let start = Following { app: app.clone(), owner, id, after, bell, told: VecDeque::new(), over: false };
    futures::stream::unfold(start, |mut following| async move {
        let told = following.next().await?;
        Some((told, following))
    })
}

impl Following {
    async fn next(&mut self) -> Option<Told> {
        loop {
            if let Some(told) = self.told.pop_front() {
                return Some(told);
            }
            if self.over {
                return None;
            }
            self.bell.mark_unchanged();
            match self.look().await {
                Ok(()) if self.over || !self.told.is_empty() => continue,
                Ok(()) => {}
                Err(error) => {
                    tracing::warn!(upload = %self.id, %error, "could not read the events of an upload")
                }
            }
            let stopping = self.app.stopping().clone();
            tokio::select! {
                _ = self.bell.changed() => {}
                () = tokio::time::sleep(EVERY) => {}
                () = stopping.cancelled() => return None,
            }
        }
    }

    async fn look(&mut self) -> Result<(), StoreError> {
        let mut conn = self.app.store().read(self.owner).await?;
        // Before the events: what it says of the end is then among them.
        let Some(row) = upload::find(&mut conn, self.owner, self.id).await? else {
            self.over = true;
            return Ok(());
        };
        for event in upload::events(&mut conn, self.owner, self.id, self.after).await? {
            if event.seq > row.events {
                break;
            }
            self.after = event.seq;
            let ended = event.state.is_end().then(|| Box::new(row.clone()));
            self.told.push_back(Told { event, ended });
        }
        self.over = row.state.is_end();
        Ok(())
    }
}
