//! Given names that are forms of one name: short forms, and what the name is in other languages. Everyday knowledge in
//! English, French, German, Spanish, Irish and Indian use. One form may stand for several names: Alex for Alexander and Alexandra.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Folded: a name and its forms.
const FORMS: [&str; 163] = [
    "abigail: abby gail",
    "alexander: alec alejandro alex alexandre alexandru sandy sascha xander",
    "alexandra: alexa lexi sandra",
    "anastasia: ana nastya stacy",
    "andrew: andre andreas andres andy drew",
    "anne: ann anna annie nan nancy",
    "anthony: antoine anton antonio toni tony",
    "antonia: toni tonia",
    "arnaud: arno",
    "augustin: gus gustin",
    "aurelie: lili",
    "barbara: babs barb barbie",
    "bartholomew: bart",
    "beatrice: bea beatriz trixie",
    "benjamin: ben benji benny",
    "bernard: bernd bernie",
    "bridget: biddy bridie",
    "brigitte: biggi brigitta gitte",
    "calvin: cal",
    "camille: cam mille",
    "caroline: caro carrie",
    "catherine: cat cathy kate katherine kathleen kathryn kathy katie katrin kit trina",
    "cecile: cecilia cecily cissy",
    "charles: carl carlos charlie chas chuck karl",
    "charlotte: charly lottie",
    "christine: chris chrissie christina kristina tina",
    "christopher: chris christoph christophe kit kris topher",
    "clement: clem",
    "concepcion: concha conchita",
    "cornelius: con neil",
    "cynthia: cindy",
    "daniel: dan danny",
    "david: dave davy",
    "deborah: deb debbie debra",
    "dolores: lola lolita",
    "dominique: dom",
    "donald: don donnie",
    "dorothy: dolly dot dottie",
    "eamon: ned",
    "edward: ed eddie edouard eduardo ned ted",
    "eleanor: elinor ellie nell nora",
    "elizabeth: bess beth betty elisabeth eliza elsie libby lisbeth liz lizzie",
    "emily: em emilie emmy",
    "emmanuel: manny manu",
    "esther: essie hester",
    "etienne: tienne",
    "eugene: gene",
    "ferdinand: ferdi fernando nando",
    "florence: flo",
    "frances: fanny fran francoise",
    "francis: francisco francois frank franz paco pancho",
    "franziska: franzi",
    "frederick: fred freddie frederic friedrich fritz",
    "gabriel: gabe",
    "gabriele: gabi gaby",
    "genevieve: gen viviane",
    "geoffrey: geoff jeff jeffrey",
    "georges: georg george jorge",
    "georgina: georgia georgie gina",
    "gerald: gerry jerry",
    "gilbert: gil",
    "gillian: gill jill",
    "gregory: greg",
    "guadalupe: lupe",
    "hannelore: hanne lore",
    "harold: hal harry",
    "helen: helena helene nellie",
    "henry: hank heinrich heinz henri",
    "ignacio: nacho",
    "inmaculada: inma",
    "isabelle: bella isabel isabella izzy",
    "jacob: jake",
    "jacqueline: jackie jacquie",
    "james: jamie jim jimmy",
    "jeanbaptiste: jb",
    "jennifer: jen jenny",
    "jerome: jeronimo",
    "jessica: jess jessie",
    "joaquin: quino ximo",
    "johanna: hanna jo joan",
    "john: hans jack jean johann johnny juan",
    "jonathan: jon",
    "jose: pepe",
    "joseph: joe joey jose josef pepe sepp",
    "josephine: fifi jo josie",
    "joshua: josh",
    "judith: judy",
    "katharina: kathi kati katja",
    "kenneth: ken kenny",
    "lawrence: larry laurence laurent",
    "leonard: len leo",
    "leopold: leo poldi",
    "louis: lewis lou ludwig luis",
    "lourdes: lou",
    "lucien: lulu",
    "manuel: manolo manu",
    "margaret: daisy greta gretel maggie margarete marge marguerite meg peggy",
    "marguerite: margot",
    "martha: marthe marty",
    "mary: mae mamie maria marie molly polly",
    "matilda: mathilde tilly",
    "matthew: mateo mathieu matt matthieu matty",
    "matthias: mats matze",
    "maxime: max",
    "maximilian: max maxi",
    "mercedes: merche",
    "michael: michel michi mick mickey miguel mike",
    "mickael: mickey mika mike",
    "montserrat: montse",
    "nathalie: nat natalia natalie",
    "nathaniel: nat nate nathan",
    "nicholas: klaus nick nicky nico nicolas",
    "nicole: nicky nikki",
    "octavia: tavia",
    "oliver: olivier ollie",
    "olivia: liv livvy",
    "pamela: pam",
    "patricia: pat patty tricia trish",
    "patrick: paddy",
    "penelope: penny",
    "peter: pedro pete pierre",
    "philip: felipe phil philippe",
    "philippa: pip pippa",
    "rajesh: raj",
    "raphael: raf rafa rafael raph",
    "raymond: ray",
    "rebecca: becca becky",
    "richard: dick ricardo rich rick ricky",
    "robert: bert bob bobby rob robbie roberto",
    "ronald: ron ronnie",
    "rosario: charo",
    "rosemary: rose rosie",
    "rudolf: rolf rudi",
    "salvador: salva",
    "samantha: sam",
    "samuel: sam sammy",
    "sebastian: bas basti seb sebastien",
    "siddharth: sid",
    "sigrid: siggi",
    "simon: sim",
    "siobhan: shiv",
    "stephanie: stefania stefanie steph",
    "stephen: esteban etienne stefan steve steven",
    "subramanian: subbu",
    "susan: sue susanne susie suzanne",
    "theodore: ted teddy theo",
    "theresa: teresa terry tess tessa therese",
    "thomas: tom tomas tommy",
    "timothy: tim timmy",
    "ulrich: uli",
    "ursula: ulla uschi",
    "valentin: val",
    "valerie: val",
    "venkatesh: venky",
    "veronique: ronnie vero veronica",
    "victor: vic",
    "victoria: tori vicky",
    "vikram: vicky",
    "virginie: ginny virginia",
    "walter: wally walt",
    "william: bill billy guillaume guillermo liam wilhelm will willy",
    "wolfgang: wolf",
    "zacharias: zach zachary zack",
];

/// By form: the lines of [`FORMS`] it stands in, rising.
static LINES: LazyLock<BTreeMap<&'static str, Vec<u16>>> = LazyLock::new(|| {
    let mut lines: BTreeMap<&str, Vec<u16>> = BTreeMap::new();
    for (line, forms) in (0..).zip(FORMS) {
        for form in forms.split([':', ' ']).filter(|form| !form.is_empty()) {
            lines.entry(form).or_default().push(line);
        }
    }
    lines
});

/// The name that a folded given name is a form of: the first of those it may stand for; itself if it is none.
pub(crate) fn root(given: &str) -> &str {
    let line = lines_of(given).and_then(|lines| FORMS.get(usize::from(*lines.first()?)));
    line.and_then(|forms| forms.split(':').next()).unwrap_or(given)
}

/// The lines of a form, however its ending is spelled: `peggie` is `peggy`.
fn lines_of(given: &str) -> Option<&'static Vec<u16>> {
    let respelled = || {
        let (stem, ending) =
            given.strip_suffix("ie").map(|stem| (stem, "y")).or(given.strip_suffix('y').map(|stem| (stem, "ie")))?;
        LINES.get(format!("{stem}{ending}").as_str())
    };
    LINES.get(given).or_else(respelled)
}

/// The lines of names that a folded given name may be a form of, rising.
pub(crate) fn forms_of(given: &str) -> Vec<u16> {
    lines_of(given).cloned().unwrap_or_default()
}

/// Whether two folded given names may be forms of one name.
pub(crate) fn are_forms_of_one(a: &str, b: &str) -> bool {
    a == b
        || match (lines_of(a), lines_of(b)) {
            (Some(a), Some(b)) => a.iter().any(|line| b.contains(line)),
            _ => false,
        }
}
