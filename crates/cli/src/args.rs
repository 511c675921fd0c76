//! What can be typed.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use velocity_pipeline::TableHints;

/// Turns customer files into one trusted set of client records, and says why.
#[derive(Debug, Parser)]
#[command(name = "velocity", version, max_term_width = 110, after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "Examples:
  velocity demo                              sample sources, imported, resolved and served
  velocity import exports/                   import a folder; unknown files are drafted and held
  velocity import people.csv --yes           accept the drafted profile if it leaves no question open
  velocity serve                             open the records in a browser
  velocity query --tables                    what SQL can read

Exit codes: 0 done, 1 something waits for a person (with --strict), 2 usage, 3 environment, 70 bug, 130 interrupted.";

#[derive(Debug, ClapArgs)]
pub(crate) struct Global {
    /// Where everything is kept
    #[arg(long, global = true, default_value = "velocity-data", env = "VELOCITY_DATA_DIR", value_name = "DIR")]
    pub(crate) data_dir: PathBuf,
    /// Which client base: each tenant has a folder and a database of its own
    #[arg(long, global = true, default_value = "default", env = "VELOCITY_TENANT", value_name = "NAME")]
    pub(crate) tenant: String,
    /// Form of the results on stdout
    #[arg(long, global = true, default_value = "human", value_name = "FORM")]
    pub(crate) format: Format,
    /// Print results and errors only
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Draw no progress bars on stderr
    #[arg(long, global = true)]
    pub(crate) no_progress: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Human,
    /// For programs
    Json,
    /// Rows, of `read` only
    Csv,
    /// Columns, of `read` only
    Parquet,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make sample sources, import them, resolve and serve; prints one URL that signs you in
    Demo(Demo),
    /// Import files and folders; prints a report
    Import(Import),
    /// Serve the records, the review queue and the API
    Serve(Serve),
    /// List what waits for a person, and decide it: files to approve, pairs to merge
    Review(Review),
    /// Print the raw table of a file as it was read, or what was detected and why
    Read(Read),
    /// List past imports, show one, or export its quarantined rows
    Runs(Runs),
    /// Draft, check and list source profiles
    #[command(subcommand)]
    Profile(Profile),
    /// Read-only SQL over staged rows, evidence, pairs and canonical records
    Query(Query),
    /// Compute the projection anew, compare it with what is served, and print its digest
    Verify,
    /// Make all derived state again from raw bytes, profiles and decisions
    Rebuild,
    /// Find the entities in any table of people, companies or other things
    Dedupe(Dedupe),
    /// Find the entities across several tables
    Link(Dedupe),
    /// Learn what the columns of a table weigh, and freeze it for other tables
    Train(Train),
    /// Say why two records of a table are one, or two
    Explain(Explain),
    /// Compare clusters with a known truth
    Evaluate(Evaluate),
    /// Write sample sources with known truth
    Synth(Synth),
}

impl Command {
    pub(crate) fn serves(&self) -> bool {
        match self {
            Self::Serve(_) => true,
            Self::Demo(demo) => !demo.no_serve,
            _ => false,
        }
    }
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity read export.csv                         the table as CSV
  velocity read book.xlsx --all --format json      every sheet
  velocity read export.csv --explain               what was detected, and why
  velocity read export.csv --format parquet > table.parquet")]
pub(crate) struct Read {
    /// The file
    pub(crate) file: PathBuf,
    /// Every table or sheet, not the first only
    #[arg(long)]
    pub(crate) all: bool,
    /// Say what was detected and why, instead of the rows
    #[arg(long)]
    pub(crate) explain: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Demo {
    /// Folder for the sample sources and the data
    #[arg(long, default_value = "velocity-demo", value_name = "DIR")]
    pub(crate) dir: PathBuf,
    /// Number of real people behind the sources
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(20..=200_000))]
    pub(crate) people: u32,
    /// Seed of the generator: the same seed writes the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Stop after the report
    #[arg(long)]
    pub(crate) no_serve: bool,
    #[command(flatten)]
    pub(crate) listen: Listen,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity import exports/ calls.csv
  velocity import people.csv --dry-run               what an import would do; nothing is published
  velocity import people.csv --profile people.toml
  velocity import contacts.csv --snapshot            all that the source has: withdraw what the file lacks
  velocity import people.csv --yes --format json > report.json")]
pub(crate) struct Import {
    /// Files and folders
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Read the files with this profile: a TOML file, or the name of a shipped one
    #[arg(long, value_name = "PROFILE")]
    pub(crate) profile: Option<String>,
    /// Approve drafted profiles of unknown files and changed columns of known ones, if they leave no question open
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// The files are full snapshots of their sources: withdraw what earlier files stated and these lack
    #[arg(long)]
    pub(crate) snapshot: bool,
    /// Do everything but publish: report what the import would create, change, withdraw, hold and quarantine
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Exit with 1 if anything is held, quarantined or waits for a person
    #[arg(long)]
    pub(crate) strict: bool,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity dedupe people.csv
  velocity dedupe people.csv --out clusters.csv --ignore-column notes
  velocity link crm.csv billing.xlsx
  velocity evaluate truth.csv clusters.csv")]
pub(crate) struct Dedupe {
    /// The table, or several: anything that `import` reads
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Where the clusters go: record_id,entity_id; of several files source,record_id,entity_id
    #[arg(long, default_value = "clusters.csv", value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Also write the weighed pairs, the heaviest first: a,b,bits,probability
    #[arg(long, value_name = "FILE")]
    pub(crate) pairs: Option<PathBuf>,
    /// Also write report.html and report.json: weights, thresholds, entities and the pairs that say most
    #[arg(long, value_name = "DIR")]
    pub(crate) report: Option<PathBuf>,
    /// A known truth to measure the report's reliability by: record_id,entity_id
    #[arg(long, value_name = "FILE", requires = "report")]
    pub(crate) truth: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) hints: Hints,
    /// The column that says where a record comes from; of several files it is the file
    #[arg(long, value_name = "HEADER")]
    pub(crate) source_column: Option<String>,
    /// A plan of `velocity train`, to be used instead of learning from the table
    #[arg(long, value_name = "FILE")]
    pub(crate) plan: Option<PathBuf>,
    /// Probability from which two records are one; where the estimated F1 is best if not given
    #[arg(long, value_name = "P", value_parser = probability)]
    pub(crate) threshold: Option<f64>,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity train people.csv                        plan.json, from the data alone
  velocity train people.csv --labels pairs.csv     with pairs that somebody judged: a,b,is_match
  velocity train crm.csv shop.csv --decisions      with what was decided under Review since they were imported
  velocity dedupe more.csv --plan plan.json")]
pub(crate) struct Train {
    /// The table, or several
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
    /// Where the plan goes
    #[arg(long, default_value = "plan.json", value_name = "FILE")]
    pub(crate) out: PathBuf,
    /// Pairs that somebody judged: a,b,is_match, by the ids of the table
    #[arg(long, value_name = "FILE")]
    pub(crate) labels: Option<PathBuf>,
    /// Learn from what was decided in this client base about rows of these very files, too
    #[arg(long)]
    pub(crate) decisions: bool,
    #[command(flatten)]
    pub(crate) hints: Hints,
}

/// What a user may say of a table.
#[derive(Debug, ClapArgs)]
pub(crate) struct Hints {
    /// The column that names a record; found by itself, else the row number
    #[arg(long, value_name = "HEADER")]
    pub(crate) id_column: Option<String>,
    /// A column to leave out; may be given several times
    #[arg(long, value_name = "HEADER")]
    pub(crate) ignore_column: Vec<String>,
}

impl Hints {
    pub(crate) fn table(&self) -> TableHints {
        TableHints { id_column: self.id_column.clone(), ignored: self.ignore_column.clone(), source_column: None }
    }
}

fn probability(text: &str) -> Result<f64, String> {
    let found = text.parse::<f64>().ok().filter(|share| *share > 0.0 && *share < 1.0);
    found.ok_or_else(|| "a probability lies between 0 and 1, such as 0.9".to_owned())
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity explain people.csv 1017 4711
  velocity explain --pairs names.csv             a file with the columns name1 and name2")]
pub(crate) struct Explain {
    /// The table
    #[arg(value_name = "FILE", required_unless_present = "pairs")]
    pub(crate) file: Option<PathBuf>,
    /// The id of one record
    #[arg(value_name = "A", requires = "file", required_unless_present = "pairs")]
    pub(crate) a: Option<String>,
    /// The id of another
    #[arg(value_name = "B", requires = "a", required_unless_present = "pairs")]
    pub(crate) b: Option<String>,
    /// Judge pairs of names instead: columns name1 and name2; also schema (Person or not) and is_match, if they are known
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub(crate) pairs: Option<PathBuf>,
    /// Where to write what is said of the pairs of names
    #[arg(long, value_name = "FILE", requires = "pairs")]
    pub(crate) out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) hints: Hints,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity evaluate truth.csv clusters.csv
  velocity evaluate --truth truth.csv --pred clusters.csv --format json")]
pub(crate) struct Evaluate {
    /// What is known: record_id,entity_id
    #[arg(value_name = "TRUTH", required_unless_present = "known")]
    truth: Option<PathBuf>,
    /// What was found: record_id,entity_id
    #[arg(value_name = "CLUSTERS", required_unless_present = "known")]
    clusters: Option<PathBuf>,
    /// The same, by name: what is known
    #[arg(long = "truth", value_name = "FILE", id = "known", conflicts_with = "truth", requires = "found")]
    known: Option<PathBuf>,
    /// The same, by name: what was found
    #[arg(long = "pred", value_name = "FILE", id = "found", conflicts_with = "clusters", requires = "known")]
    found: Option<PathBuf>,
}

impl Evaluate {
    /// What is known and what was found.
    pub(crate) fn files(&self) -> Option<(&Path, &Path)> {
        let truth = self.known.as_deref().or(self.truth.as_deref())?;
        Some((truth, self.found.as_deref().or(self.clusters.as_deref())?))
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Listen {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub(crate) host: std::net::IpAddr,
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 4317, env = "VELOCITY_PORT")]
    pub(crate) port: u16,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) listen: Listen,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity review                      what waits: files, columns, pairs of records
  velocity review --show ID            a file that waits for approval, column by column
  velocity review --approve ID --dry-run
  velocity review --approve ID --column \"Tel=phone\" --column \"Notes=\" --answer \"Born=dmy\"
  velocity review --profile legacy/clients --answer \"Born=dmy\" --answer \"Phone=FR\" --dry-run
  velocity review --merge ID           the two are one
  velocity review --apart ID           the two are two, and stay so
  velocity review --undo DECISION      as if it had not been decided
  velocity review --simulate truth.csv how much the first 100 and 1,000 decisions would bring")]
pub(crate) struct Review {
    /// The two records of this question are one
    #[arg(long, value_name = "ID", group = "verdict")]
    pub(crate) merge: Option<velocity_model::ReviewId>,
    /// They are two
    #[arg(long, value_name = "ID", group = "verdict")]
    pub(crate) apart: Option<velocity_model::ReviewId>,
    /// Nobody can say yet
    #[arg(long, value_name = "ID", group = "verdict")]
    pub(crate) hold: Option<velocity_model::ReviewId>,
    /// Show a file that waits for approval: its columns, what they would be read as, and why
    #[arg(long, value_name = "ID", group = "verdict")]
    pub(crate) show: Option<velocity_model::WaitingId>,
    /// Approve how a file is read, and import it
    #[arg(long, value_name = "ID", groups = ["verdict", "read"])]
    pub(crate) approve: Option<velocity_model::WaitingId>,
    /// Answer questions about imported files of this profile, and read the files again
    #[arg(long, value_name = "NAME", groups = ["verdict", "read"], requires = "answer")]
    pub(crate) profile: Option<String>,
    /// Let a file wait no longer, without importing it
    #[arg(long, value_name = "ID", group = "verdict")]
    pub(crate) leave_out: Option<velocity_model::WaitingId>,
    /// Read a column as this field, or leave it out; may be given several times
    #[arg(long, value_name = "HEADER=[FIELD]", requires = "approve")]
    pub(crate) column: Vec<String>,
    /// Answer a question about a column, by one of the answers that are listed with it: the order of dates (dmy, mdy, ymd), the country of
    /// phone numbers without a country code (FR), the sign before decimals (point, comma), what a status is (lifecycle, stage, status); raw
    /// leaves open what the file does not say; may be given several times
    #[arg(long, value_name = "HEADER=ANSWER", requires = "read")]
    pub(crate) answer: Vec<String>,
    /// Say what the approval, or the answer, would do, and do nothing
    #[arg(long, requires = "read")]
    pub(crate) dry_run: bool,
    /// Withdraw a decision
    #[arg(long, value_name = "DECISION", group = "verdict")]
    pub(crate) undo: Option<velocity_model::DecisionId>,
    /// Decide nothing, but measure what decisions are worth, with a known truth as the reviewer: record_id,entity_id
    #[arg(long, value_name = "TRUTH", group = "verdict")]
    pub(crate) simulate: Option<PathBuf>,
    /// Why, in your words
    #[arg(long, default_value = "", requires = "verdict")]
    pub(crate) reason: String,
    /// List at most so many
    #[arg(long, default_value_t = 20)]
    pub(crate) limit: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Runs {
    /// Number of the run to show; without it, all are listed
    pub(crate) run: Option<u64>,
    /// Write the run's quarantined rows here as CSV, with `_line` and `_errors`: mend it and import it again
    #[arg(long, value_name = "FILE", requires = "run")]
    pub(crate) errors: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Profile {
    /// Draft a profile from a file: every column with its target, confidence and reason
    Suggest {
        /// The file
        file: PathBuf,
    },
    /// Check a profile by itself, and against a file if one is given
    Check {
        /// The profile
        profile: PathBuf,
        /// A file that it should read
        file: Option<PathBuf>,
    },
    /// List the shipped profiles
    List,
    /// Print the JSON Schema of profiles, for editors and checks
    Schema,
}

#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:
  velocity query --tables
  velocity query \"SELECT field, count(*) FROM evidence GROUP BY field ORDER BY 2 DESC\"")]
pub(crate) struct Query {
    /// One SELECT statement
    #[arg(required_unless_present = "tables")]
    pub(crate) sql: Option<String>,
    /// List the tables and their columns
    #[arg(long, conflicts_with = "sql")]
    pub(crate) tables: bool,
    /// Give up beyond this many MiB of memory
    #[arg(long, default_value_t = 1024, value_name = "MIB")]
    pub(crate) memory: u32,
    /// Give up after so many seconds
    #[arg(long, default_value_t = 60)]
    pub(crate) seconds: u32,
    /// Print at most so many rows
    #[arg(long, default_value_t = 1000)]
    pub(crate) rows: u32,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Synth {
    /// Folder for the sources; the truth is written beside it, as `<folder>-truth.csv`
    pub(crate) dir: PathBuf,
    /// Number of real people behind the sources
    #[arg(long, default_value_t = 2000, value_parser = clap::value_parser!(u32).range(20..=200_000))]
    pub(crate) people: u32,
    /// Seed of the generator: the same seed writes the same bytes
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}
