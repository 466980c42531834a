//! Use cases whose engineers are still at work on their own branches. Must not reach main.

use super::Desk;
use app::backend::*;
use app::error::{AppError, Result};
use async_trait::async_trait;
use domain::attachment::AttachmentKind;
use domain::id::*;
use domain::number::Number;

