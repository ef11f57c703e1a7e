//! A stream between TLS and the IMAP reader that bounds what a server can do to us: how long it may be silent
//! and how much it may send.
//!
//! async-imap 0.12 waits for ever, and it makes room for a literal as soon as one is announced, up to 512 MiB.
//! So every read and write has a deadline here, and every command has an allowance of bytes: an announcement
//! `{n}` beyond what is left of it ends the session before anything is allocated.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    time::{Instant, Sleep, sleep},
};

/// The server sent, or announced, more than the command's allowance.
#[derive(Debug, Error)]
#[error("more than {limit} bytes in answer to one command")]
pub(super) struct Overflow {
    pub(super) limit: u64,
}

#[derive(Debug)]
pub(super) struct Guard<S> {
    inner: S,
    patience: Duration,
    silence: Pin<Box<Sleep>>,
    /// Whether `silence` runs; it starts when the socket has nothing for us.
    waiting: bool,
    watch: Watch,
}

impl<S> Guard<S> {
    pub(super) fn new(inner: S, patience: Duration, allowance: u64) -> Self {
        let silence = Box::pin(sleep(patience));
        Self { inner, patience, silence, waiting: false, watch: Watch::new(allowance) }
    }

    /// Allows `bytes` from here on, whatever was left before.
    pub(super) fn allow(&mut self, bytes: u64) {
        self.watch.limit = bytes;
        self.watch.left = bytes;
    }

    /// Lets a read or write take this long from here on.
    pub(super) fn be_patient(&mut self, patience: Duration) {
        self.patience = patience;
        self.waiting = false;
    }

    /// Passes on what is ready; while nothing is, lets the deadline run.
    fn in_time<T>(&mut self, cx: &mut Context<'_>, progress: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if progress.is_ready() {
            self.waiting = false;
            return progress;
        }
        if !self.waiting {
            self.waiting = true;
            self.silence.as_mut().reset(Instant::now() + self.patience);
        }
        ready!(self.silence.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Guard<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let progress = Pin::new(&mut this.inner).poll_read(cx, buf);
        ready!(this.in_time(cx, progress))?;
        let fresh = buf.filled().get(before..).unwrap_or_default();
        Poll::Ready(this.watch.see(fresh).map_err(io::Error::other))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Guard<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let progress = Pin::new(&mut this.inner).poll_write(cx, buf);
        this.in_time(cx, progress)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let progress = Pin::new(&mut this.inner).poll_flush(cx);
        this.in_time(cx, progress)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let progress = Pin::new(&mut this.inner).poll_shutdown(cx);
        this.in_time(cx, progress)
    }
}

/// Follows the bytes of a server and counts them against an allowance.
#[derive(Debug)]
struct Watch {
    limit: u64,
    left: u64,
    literal_left: u64,
    spelled: Spelled,
}

/// How much of `{n}` CR LF stands directly before the next byte.
#[derive(Debug, Clone, Copy)]
enum Spelled {
    Nothing,
    Number(u64),
    Closed(u64),
    Returned(u64),
}

impl Watch {
    fn new(allowance: u64) -> Self {
        Self { limit: allowance, left: allowance, literal_left: 0, spelled: Spelled::Nothing }
    }

    fn see(&mut self, bytes: &[u8]) -> Result<(), Overflow> {
        let count = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.left = self.left.checked_sub(count).ok_or(Overflow { limit: self.limit })?;
        let mut rest = bytes;
        while !rest.is_empty() {
            rest = if self.literal_left > 0 { self.pass_literal(rest) } else { self.pass_line(rest) };
            // What follows the announcement in `rest` is counted already.
            let here = u64::try_from(rest.len()).unwrap_or(u64::MAX);
            if self.literal_left > self.left.saturating_add(here) {
                return Err(Overflow { limit: self.limit });
            }
        }
        Ok(())
    }

    fn pass_literal<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let passed = usize::try_from(self.literal_left).map_or(bytes.len(), |left| left.min(bytes.len()));
        self.literal_left -= u64::try_from(passed).unwrap_or(self.literal_left);
        bytes.get(passed..).unwrap_or_default()
    }

    /// Reads up to and including the next announcement, or all there is.
    fn pass_line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        let mut rest = bytes.iter();
        for byte in rest.by_ref() {
            self.spelled = match (self.spelled, byte) {
                (_, b'{') => Spelled::Number(0),
                (Spelled::Number(n), b'0'..=b'9') => {
                    Spelled::Number(n.saturating_mul(10).saturating_add(u64::from(byte - b'0')))
                }
                (Spelled::Number(n), b'}') => Spelled::Closed(n),
                (Spelled::Closed(n), b'\r') => Spelled::Returned(n),
                (Spelled::Returned(n), b'\n') => {
                    self.literal_left = n;
                    self.spelled = Spelled::Nothing;
                    break;
                }
                _ => Spelled::Nothing,
            };
        }
        rest.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[track_caller]
    fn check(allowance: u64, sent: &[u8], accepted: bool) {
        assert_eq!(Watch::new(allowance).see(sent).is_ok(), accepted, "in one piece");
        let mut watch = Watch::new(allowance);
        let piecewise = sent.iter().try_for_each(|byte| watch.see(&[*byte]));
        assert_eq!(piecewise.is_ok(), accepted, "byte by byte");
    }

    #[test]
    fn a_literal_within_the_allowance_passes() {
        check(100, b"* 1 FETCH (BODY[] {5}\r\nhello)\r\nA1 OK done\r\n", true);
    }

    #[test]
    fn a_huge_literal_is_refused_when_it_is_announced() {
        check(1_000, b"* 1 FETCH (BODY[] {500000000}\r\n", false);
        check(1_000, b"* 1 FETCH (BODY[] {99999999999999999999999999}\r\n", false);
    }

    #[test]
    fn an_announcement_inside_a_literal_is_only_text() {
        check(100, b"* 1 FETCH (BODY[] {15}\r\n{500000000}\r\nab)\r\n", true);
    }

    #[test]
    fn a_literal_that_follows_a_literal_is_seen_too() {
        check(1_000, b"* 1 FETCH (X {2}\r\nab BODY[] {500000000}\r\n", false);
    }

    #[test]
    fn endless_lines_use_up_the_allowance() {
        check(100, &b"* OK hello\r\n".repeat(9), false);
    }

    #[tokio::test]
    async fn a_silent_socket_ends_the_read() {
        let (ours, _theirs) = tokio::io::duplex(64);
        let mut guard = Guard::new(ours, Duration::from_millis(20), 1_000);
        let error = guard.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_socket_that_takes_nothing_ends_the_write() {
        let (ours, _theirs) = tokio::io::duplex(4);
        let mut guard = Guard::new(ours, Duration::from_millis(20), 1_000);
        let error = guard.write_all(b"more than four bytes").await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }
}
