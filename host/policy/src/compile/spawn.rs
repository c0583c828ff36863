//! The host's side of the child that compiles.

use super::cancel::Cancel;
use super::error::CompileError;
use super::frame::{Answer, NoAnswer, Order};
use super::limits::CompileLimits;
use crate::engine::Engine;
use crate::gate::Gate;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// How often it looks whether somebody gave up.
const LOOK: Duration = Duration::from_millis(20);
/// How long a process that closed its output may take to end by itself.
const END: Duration = Duration::from_secs(2);
/// The child's only environment. Its allocator takes address space in small steps, or a limit on that would
/// say little about memory; and its threads are few, however many processors there are.
const ENVIRONMENT: [(&str, &str); 3] =
    [("MIMALLOC_ARENA_RESERVE", "16MiB"), ("MALLOC_ARENA_MAX", "2"), ("RAYON_NUM_THREADS", "4")];

pub(super) struct Spawner {
    program: PathBuf,
    limits: CompileLimits,
    turns: Gate,
}

impl Spawner {
    pub(super) fn new(program: PathBuf, limits: CompileLimits) -> Self {
        Self { program, limits, turns: Gate::new(limits.at_once) }
    }

    /// Starts a child, hands it the component and waits for its answer, on this thread: the child is bound to
    /// the life of the thread that started it.
    pub(super) fn compile(
        &self,
        engine: &Engine,
        component: &[u8],
        cancelled: &[&Cancel],
    ) -> Result<Vec<u8>, CompileError> {
        let given_up = || cancelled.iter().any(|cancel| cancel.is_cancelled());
        let _turn = self.turns.turn_unless(given_up).ok_or(CompileError::Cancelled)?;
        let order = Order {
            cpu: self.limits.cpu,
            memory: self.limits.memory,
            pool: engine.options().memory,
            length: component.len(),
            fingerprint: engine.fingerprint().to_string(),
        };
        let mut child = Running(self.start(&order)?);
        let end = Instant::now() + self.limits.wall;
        let ended = self.converse(&mut child, component, end, given_up);
        match ended {
            Ended::Answered(answer) => self.understand(answer),
            Ended::Useless(NoAnswer::TooLong) => Err(CompileError::Code { limit: self.limits.code }),
            Ended::Useless(_) => Err(CompileError::Answer("it is garbled".to_owned())),
            Ended::Silent(status) => Err(self.silent(status)),
            Ended::Stopped(error) => Err(error),
        }
    }

    fn start(&self, order: &Order) -> Result<Child, CompileError> {
        let mut command = Command::new(&self.program);
        command.arg("compile").args(order.arguments()).env_clear().envs(ENVIRONMENT);
        #[cfg(unix)]
        command.current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.spawn().map_err(|source| CompileError::NotStarted { program: self.program.clone(), source })
    }

    /// One thread writes, one reads, and this one watches the clock and whoever asked. The child has ended when
    /// this returns, so that neither of them waits for it.
    fn converse(
        &self,
        child: &mut Running,
        component: &[u8],
        end: Instant,
        given_up: impl Fn() -> bool,
    ) -> Ended {
        let (Some(mut to), Some(mut from)) = (child.0.stdin.take(), child.0.stdout.take()) else {
            return Ended::Silent(child.end());
        };
        let code = self.limits.code;
        thread::scope(|scope| {
            // A child that ends early reads no further: what went wrong, its answer or its end says.
            scope.spawn(move || {
                let _ = to.write_all(component);
            });
            let (send, answer) = mpsc::sync_channel(1);
            scope.spawn(move || {
                let _ = send.send(Answer::read(&mut from, code));
            });
            let ended = loop {
                let left = end.saturating_duration_since(Instant::now());
                break match answer.recv_timeout(left.min(LOOK)) {
                    Ok(Ok(answer)) => Ended::Answered(answer),
                    Ok(Err(NoAnswer::Cut)) | Err(RecvTimeoutError::Disconnected) => {
                        Ended::Silent(child.end())
                    }
                    Ok(Err(useless)) => Ended::Useless(useless),
                    Err(RecvTimeoutError::Timeout) if given_up() => Ended::Stopped(CompileError::Cancelled),
                    Err(RecvTimeoutError::Timeout) if left.is_zero() => {
                        Ended::Stopped(CompileError::Time { limit: self.limits.wall })
                    }
                    Err(RecvTimeoutError::Timeout) => continue,
                };
            };
            child.kill();
            ended
        })
    }

    fn understand(&self, answer: Answer) -> Result<Vec<u8>, CompileError> {
        Err(match answer {
            Answer::Code(code) => return Ok(code),
            Answer::Refused(why) => CompileError::Refused(why),
            Answer::Memory => CompileError::Memory { limit: self.limits.memory },
            Answer::Panicked(what) => CompileError::Panicked(what),
            Answer::OtherEngine(fingerprint) => {
                CompileError::Answer(format!("{} has another engine: {fingerprint}", self.program.display()))
            }
            Answer::Unfit(why) => CompileError::Answer(why),
        })
    }

    /// A child without an answer.
    fn silent(&self, status: Option<ExitStatus>) -> CompileError {
        let Some(status) = status else {
            return CompileError::Answer("it closed its output and went on".to_owned());
        };
        #[cfg(unix)]
        {
            use std::os::unix::process::ExitStatusExt;
            if let Some(signal) = status.signal() {
                return if signal == rustix::process::Signal::XCPU.as_raw() {
                    CompileError::Cpu { limit: self.limits.cpu }
                } else {
                    CompileError::Crashed { signal }
                };
            }
        }
        CompileError::Answer(format!("it ended without one ({status})"))
    }
}

/// How a child's life came to its end.
enum Ended {
    Answered(Answer),
    /// It said what is no answer.
    Useless(NoAnswer),
    /// It said nothing, or not all of it.
    Silent(Option<ExitStatus>),
    /// The host did not wait any longer.
    Stopped(CompileError),
}

/// A child that does not outlive whoever waits for it.
struct Running(Child);

impl Running {
    /// How it ended, if it does so soon.
    fn end(&mut self) -> Option<ExitStatus> {
        let end = Instant::now() + END;
        loop {
            match self.0.try_wait() {
                Ok(Some(status)) => return Some(status),
                Ok(None) if Instant::now() < end => thread::sleep(Duration::from_millis(2)),
                _ => return None,
            }
        }
    }
}

impl Running {
    /// Whatever it does, it has ended after this.
    fn kill(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}
