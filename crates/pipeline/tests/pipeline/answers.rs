//! Questions about the columns of imported files are answered once, for all files that asked.

use velocity_model::{DateOrder, Question, RunReport, RunState};
use velocity_pipeline::{Choices, PipelineError, silent};

use crate::forecast::recorded;
use crate::world::World;

/// Nothing in it says whether a day or a month comes first, nor where the telephone is.
fn clients(phone: &str, seen: &str) -> String {
    format!(
        "Record ID,First Name,Last Name,Email,Phone Number,Create Date\n1,Ana,Example,ana@mail.example,{phone},{seen}\n"
    )
}

async fn open(world: &World) -> Vec<(String, u64)> {
    let questions: Vec<Question> = world.workspace.store().questions().await.expect("reads");
    questions.into_iter().map(|question| (question.code, question.rows)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_reads_all_files_again_in_the_order_in_which_they_came() {
    let world = World::empty().await;
    // What came later has the name that sorts first.
    for (name, text) in
        [("z.csv", clients("06 39 98 00 01", "03/04/2020")), ("a.csv", clients("06 39 98 00 02", "05/06/2020"))]
    {
        let path = world.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        world.import(&[path]).await;
    }
    let both = [(Question::ORDER_UNKNOWN.to_owned(), 2), (Question::REGION_UNKNOWN.to_owned(), 2)];
    assert_eq!(open(&world).await, both, "each question is asked once, with the rows of both files");

    let answer = async |choices: Choices| world.workspace.answer("hubspot/contacts", &choices, "ana", &silent()).await;
    let nowhere = Choices { region: Some("XX".to_owned()), ..Choices::default() };
    assert!(matches!(answer(nowhere).await, Err(PipelineError::Choices { .. })));
    let other = Choices { orders: [("Email".to_owned(), Some(DateOrder::Dmy))].into(), ..Choices::default() };
    assert!(matches!(answer(other).await, Err(PipelineError::NotAsked { .. })), "nobody asked that");
    assert_eq!(open(&world).await, both);

    let france = Choices { region: Some("FR".to_owned()), ..Choices::default() };
    let reports = answer(france.clone()).await.expect("answered");
    assert_eq!(reports.iter().map(|report| report.rows.updated).collect::<Vec<_>>(), [1, 1]);
    assert_eq!(open(&world).await, both[..1], "the other question stays, for both files");
    let orders = [("Create Date".to_owned(), Some(DateOrder::Dmy))].into();
    answer(Choices { orders, ..Choices::default() }).await.expect("answered");
    assert_eq!(open(&world).await, []);
    assert!(matches!(answer(france).await, Err(PipelineError::NotAsked { .. })), "it was answered");

    let entities = world.entities().await;
    assert_eq!(entities.len(), 1);
    assert_eq!(entities[0].record.value("phone"), Some("+33639980002"), "what came later stays the later");
    assert_eq!(entities[0].record.value("created_at"), Some("2020-06-05"));
    world.digest().await;
    assert_eq!(world.workspace.rebuild(&silent()).await.expect("rebuilt").differing, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_about_the_files_of_one_import_is_foretold() {
    let world = World::empty().await;
    let import = async |name: &str, text: String| {
        let path = world.folder.path().join(name);
        std::fs::write(&path, text).expect("written");
        world.import(&[path]).await;
    };
    import("a.csv", clients("06 39 98 00 01", "03/04/2020")).await;
    let choices = Choices { region: Some("FR".to_owned()), ..Choices::default() };
    let before = recorded(&world).await;
    let forecast = world.workspace.forecast_answer("hubspot/contacts", &choices, "ana", &silent()).await;
    let [forecast] = forecast.expect("a forecast").try_into().expect("of one run");
    assert!(recorded(&world).await == before, "a forecast changes nothing");
    let [report] = world
        .workspace
        .answer("hubspot/contacts", &choices, "ana", &silent())
        .await
        .expect("answered")
        .try_into()
        .expect("one run");
    assert_eq!(RunReport { run: report.run, state: RunState::Published, ..forecast }, report);
    assert_eq!(report.rows.updated, 1);

    // Each of several runs stands on the one before.
    import("b.csv", clients("06 39 98 00 01", "05/06/2020")).await;
    let orders = [("Create Date".to_owned(), Some(DateOrder::Dmy))].into();
    let choices = Choices { orders, ..Choices::default() };
    let refused = world.workspace.forecast_answer("hubspot/contacts", &choices, "ana", &silent()).await;
    assert!(matches!(refused, Err(PipelineError::ManyRuns { runs: 2 })), "{refused:?}");
}
