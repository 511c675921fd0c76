//! Reading the queues.

use async_trait::async_trait;
use sqlx::sqlite::SqliteRow;
use velocity_model::{Question, RecordId, ReviewId};

use super::SqliteStore;
use super::read::Stored;
use crate::{Asked, OpenReview, Reviews, StoreError};

// `open` sorts behind `held`, so descending order puts what waits first.
const REVIEWS: &str = "SELECT id, kind, state, priority, left, right, left_title, right_title, pair FROM review
    ORDER BY state DESC, priority, id LIMIT $1";
const COUNT: &str = "SELECT count(*) AS number FROM review WHERE state = 'open'";
const REVIEW: &str = "SELECT id, kind, state, priority, left, right, left_title, right_title, pair FROM review
    WHERE id = $1";
const REVIEWS_OF: &str = "SELECT id, kind, state, priority, left, right, left_title, right_title, pair FROM review
    WHERE left = $1 OR right = $1 ORDER BY state DESC, priority, id";
const ASKED: &str = "SELECT id FROM review WHERE id IN (";
const QUESTIONS: &str = "SELECT profile, body FROM question ORDER BY profile, name, code, blob, tbl";
const ASKED_OF: &str =
    "SELECT blob, tbl, profile, body FROM question WHERE profile = $1 ORDER BY name, code, blob, tbl";

#[async_trait]
impl Reviews for SqliteStore {
    async fn reviews(&self, limit: u32) -> Result<Vec<OpenReview>, StoreError> {
        let rows = self.fetch("read the review queue", sqlx::query(REVIEWS).bind(i64::from(limit))).await?;
        rows.iter().map(open_review).collect()
    }

    async fn review_count(&self) -> Result<u64, StoreError> {
        let rows = self.fetch("count the review queue", sqlx::query(COUNT)).await?;
        Ok(rows.first().map(|row| Stored::new("review", row).count("number")).transpose()?.unwrap_or(0))
    }

    async fn review(&self, id: ReviewId) -> Result<Option<OpenReview>, StoreError> {
        let rows = self.fetch("read a question", sqlx::query(REVIEW).bind(id.as_bytes().to_vec())).await?;
        rows.first().map(open_review).transpose()
    }

    async fn asked_among(&self, ids: &[ReviewId]) -> Result<Vec<ReviewId>, StoreError> {
        let bytes: Vec<Vec<u8>> = ids.iter().map(|id| id.as_bytes().to_vec()).collect();
        self.each("look for questions", ASKED, &bytes, |row| Stored::new("review", row).id("id")).await
    }

    async fn reviews_of(&self, entity: RecordId) -> Result<Vec<OpenReview>, StoreError> {
        let query = sqlx::query(REVIEWS_OF).bind(entity.as_bytes().to_vec());
        let rows = self.fetch("read a record's questions", query).await?;
        rows.iter().map(open_review).collect()
    }

    async fn questions(&self) -> Result<Vec<Question>, StoreError> {
        let rows = self.fetch("read the mapping questions", sqlx::query(QUESTIONS)).await?;
        let mut found: Vec<Question> = Vec::new();
        for row in &rows {
            let question: Question = Stored::new("question", row).json("body")?;
            let is_same = |known: &&mut Question| {
                (&known.profile, &known.column, &known.code) == (&question.profile, &question.column, &question.code)
            };
            match found.last_mut().filter(is_same) {
                Some(known) => known.add(&question),
                None => found.push(question),
            }
        }
        Ok(found)
    }

    async fn asked(&self, profile: &str) -> Result<Vec<Asked>, StoreError> {
        let rows = self.fetch("read the mapping questions", sqlx::query(ASKED_OF).bind(profile.to_owned())).await?;
        let asked = |row: &SqliteRow| {
            let stored = Stored::new("question", row);
            let table = u32::try_from(stored.integer("tbl")?).unwrap_or(u32::MAX);
            Ok(Asked { blob: stored.id("blob")?, table, question: stored.json("body")? })
        };
        rows.iter().map(asked).collect()
    }
}

pub(super) fn open_review(row: &SqliteRow) -> Result<OpenReview, StoreError> {
    let stored = Stored::new("review", row);
    Ok(OpenReview {
        id: stored.id("id")?,
        pair: stored.json("pair")?,
        left: stored.id("left")?,
        right: stored.id("right")?,
        kind: stored.kind("kind")?,
        left_title: stored.text("left_title")?,
        right_title: stored.text("right_title")?,
        state: stored.word("state")?,
        priority: stored.integer("priority")?,
    })
}
