//! The outer loop, the only place that sleeps.

use super::{Daemon, DaemonError};
use crate::{
    clock::Clock,
    mailbox::Waited,
    remedy::{Remedy, chain},
};
use chrono::{DateTime, Utc};
use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::Notify,
    time::{Instant, MissedTickBehavior, interval, sleep, sleep_until},
};
use tracing::{error, info, warn};

/// The longest sleep: after it the wall clock is looked at again, whatever a suspend or a jump did to it.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);

/// How soon a command's writes are seen.
const LOOK_AT_LEDGER: Duration = Duration::from_secs(1);

/// Whether the daemon is to end; set from outside, looked at between two letters and two windows of mail.
#[derive(Debug, Clone, Default)]
pub struct Stopping {
    wanted: Arc<AtomicBool>,
    /// Another daemon follows in this process.
    anew: Arc<AtomicBool>,
    told: Arc<Notify>,
}

impl Stopping {
    pub fn stop(&self) {
        self.wanted.store(true, Ordering::Relaxed);
        self.told.notify_one();
    }

    /// Ends this daemon, to go on with other settings.
    pub fn begin_anew(&self) {
        self.anew.store(true, Ordering::Relaxed);
        self.stop();
    }

    pub(super) fn wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    async fn told(&self) {
        if !self.wanted() {
            self.told.notified().await;
        }
    }
}

impl Daemon {
    /// What has to be done once before the first round.
    pub fn start(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        for letter in self.ledger.doubt_cut_off_letters(now)? {
            warn!(letter = %letter, "Letter {letter} was being sent when handback ended; it is in doubt.");
        }
        Ok(())
    }

    /// Does rounds until it is told to stop, and takes its leave of the servers.
    ///
    /// # Errors
    /// Where the ledger should not be touched any more, or a letter cannot be composed at all.
    pub async fn run(&mut self, clock: Clock, poll_every: Duration) -> Result<(), DaemonError> {
        let stopping = self.stopping.clone();
        self.start(clock.now())?;
        tell_systemd(&[sd_notify::NotifyState::Ready]);
        info!("Ready.");
        while !stopping.wanted() {
            let passed = self.round(clock.now()).await.map(|_| ());
            passed_or_passing(passed)?;
            tell_systemd(&[sd_notify::NotifyState::Watchdog]);
            tokio::select! {
                () = stopping.told() => {}
                waited = self.wait(clock, poll_every) => waited?,
            }
        }
        if stopping.anew.load(Ordering::Relaxed) {
            info!("Beginning anew with the settings as they are now.");
        } else {
            info!("Stopping.");
            tell_systemd(&[sd_notify::NotifyState::Stopping]);
        }
        self.mailbox.close().await;
        self.post.close().await;
        Ok(())
    }

    /// Waits for new mail, or until the next round is due. What a command writes meanwhile leaves at once.
    async fn wait(&mut self, clock: Clock, poll_every: Duration) -> Result<(), DaemonError> {
        let at_most = poll_every.min(LONGEST_SLEEP);
        let until = Instant::now() + at_most;
        let mailbox = self.mailbox.clone();
        let may_try = self.health.mailbox.may_try(clock.now());
        let mut news = pin!(async move {
            let waited = if may_try { mailbox.wait(at_most).await } else { Ok(Waited::TimeUp) };
            match waited {
                Ok(Waited::News) => Ok(()),
                Ok(Waited::TimeUp) => {
                    sleep_until(until).await;
                    Ok(())
                }
                Err(error) => Err(error),
            }
        });
        let mut look = interval(LOOK_AT_LEDGER);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                waited = &mut news => {
                    if let Err(error) = waited {
                        self.deaf(&error, clock.now());
                        sleep(LOOK_AT_LEDGER).await;
                    }
                    return Ok(());
                }
                _ = look.tick() => {
                    if self.ledger.changed_elsewhere()? {
                        passed_or_passing(self.send_out(clock.now()).await)?;
                    }
                }
            }
        }
    }

    /// The part of a round that needs no mailbox.
    async fn send_out(&mut self, now: DateTime<Utc>) -> Result<(), DaemonError> {
        self.work_off(now)?;
        self.plan(now)?;
        self.compose_due(now)?;
        self.send_planned(now).await?;
        Ok(())
    }
}

/// An error that may pass is logged and the next round tries again; any other ends the daemon.
fn passed_or_passing(result: Result<(), DaemonError>) -> Result<(), DaemonError> {
    match result {
        Err(DaemonError::Ledger(error)) if error.remedy() != Remedy::Stop => {
            error!("The round was cut short: {}.", chain(&error));
            Ok(())
        }
        other => other,
    }
}

/// Tells systemd how we are; without systemd this does nothing.
fn tell_systemd(states: &[sd_notify::NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        warn!("Could not tell systemd: {error}.");
    }
}
