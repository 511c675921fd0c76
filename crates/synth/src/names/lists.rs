//! The lists themselves, with commas between. All letters are in Windows-1252, because one of the sources is written in it.

pub(super) const FRENCH_FEMALE: &str = "Camille,Léa,Manon,Chloé,Inès,Élodie,Aurélie,Céline,Delphine,Émilie,Fanny,\
    Gaëlle,Hélène,Isabelle,Joëlle,Karine,Laëtitia,Margaux,Mathilde,Nathalie,Océane,Pauline,Romane,Sandrine,Sophie,\
    Stéphanie,Sylvie,Valérie,Véronique,Virginie,Agnès,Anaïs,Audrey,Béatrice,Brigitte,Caroline,Catherine,Cécile,\
    Charlotte,Christelle,Claire,Clémence,Corinne,Élise,Estelle,Florence,Françoise,Geneviève,Jeanne,Judith,Juliette,\
    Justine,Laurence,Louise,Lucie,Marion,Marie-Claire,Anne-Sophie,Monique,Noémie,Solène,Thérèse,Zoé,Maëlys,Capucine";

pub(super) const FRENCH_MALE: &str = "Antoine,Adrien,Alexandre,Arnaud,Aurélien,Baptiste,Benjamin,Benoît,Bruno,Cédric,\
    Christophe,Clément,Cyril,Damien,David,Denis,Didier,Émile,Éric,Étienne,Fabien,Fabrice,Florian,François,Frédéric,\
    Gaël,Gérard,Grégoire,Guillaume,Gilles,Hervé,Hugo,Jacques,Jean-Baptiste,Jean-Luc,Jean-Pierre,Jérémy,Jérôme,Joël,\
    Julien,Laurent,Loïc,Luc,Mathieu,Maxime,Michel,Mickaël,Nicolas,Noël,Olivier,Pascal,Patrice,Philippe,Pierre,\
    Quentin,Raphaël,Rémi,Romain,Sébastien,Stéphane,Thibault,Théo,Thierry,Tristan,Valentin,Vincent,Xavier,Yann,Yves";

pub(super) const FRENCH_FAMILY: &str = "Martin,Bernard,Dubois,Moreau,Laurent,Lefèvre,Garnier,Faure,Rousseau,\
    Blanchard,Guérin,Boyer,Chevalier,Gauthier,Perrin,Robin,Clément,Morin,Nicolas,Mathieu,Dufour,Lambert,Bonnet,\
    Dupuis,Fontaine,Roche,Renard,Lemaire,Colin,Vidal,Caron,Picard,Gérard,Fournier,Mercier,Brun,Giraud,Leclerc,\
    Barbier,Arnaud,Marchand,Duval,Denis,Aubert,Lemoine,Meyer,Noël,Masson,Rivière,Brunet,Gaillard,Leroux,Collet,\
    Berger,Huet,Charpentier,Cousin,Maillard,Baron,Bailly,Benoît,Carpentier,Poirier,Fabre,Aubry,Hébert,Le Goff,\
    Le Gall,de La Tour,Besançon,Pelletier,Lacroix,Marty,Delmas,Vasseur,Delaunay,Léger,Rolland,Prévost,Cordier,\
    Maréchal,Étienne,Pichon,Tessier,Coulon,Bigot,Breton,Hamon,Jacquet,Ménard,Bouvier,Chauvin,Deschamps,Lebrun,Maçon,\
    Pasquier,Quéméner,Raynaud,Savary,Thévenet,Vallée,Valentin,Weber,Kerbrat,Lagarde,Fayolle,Estève,Dujardin,Crépin,\
    Clavel,Bérard,Auger,Allard,Verdier";

pub(super) const MAGHREBI_FEMALE: &str = "Amina,Yasmine,Nadia,Samira,Leïla,Karima,Farah,Salma,Sofia,Imane,Rania,Nour";

pub(super) const MAGHREBI_MALE: &str = "Karim,Mehdi,Rachid,Samir,Nabil,Youssef,Bilal,Farid,Omar,Sofiane,Walid,Hamza";

pub(super) const MAGHREBI_FAMILY: &str = "Benali,Haddad,Mansouri,Belkacem,Cherif,Bouzid,Amrani,El Idrissi,Ziani,\
    Saïdi,Toumi,Rahmani,Khelifi,Boukhari,Ouali,Benaïssa,Tazi,Lahlou,Mokhtari,Zerrouki";

pub(super) const ENGLISH_FEMALE: &str = "Margaret,Elizabeth,Katherine,Rebecca,Jennifer,Victoria,Susan,Deborah,\
    Christine,Patricia,Alexandra,Abigail,Amelia,Charlotte,Eleanor,Emily,Florence,Georgina,Hannah,Harriet,Imogen,\
    Isabel,Jessica,Josephine,Judith,Laura,Lucy,Matilda,Naomi,Olivia,Philippa,Rosemary,Samantha,Sophie,Theresa,Zoë,\
    Gillian,Helen";

pub(super) const ENGLISH_MALE: &str = "William,Robert,Richard,James,Thomas,Edward,Charles,Michael,Christopher,\
    Anthony,Andrew,Daniel,Matthew,Nicholas,Benjamin,Samuel,Joseph,Alexander,Jonathan,Timothy,Stephen,Gregory,\
    Frederick,Henry,Oliver,Harry,Jack,Leonard,Malcolm,Martin,Nathan,Neil,Oscar,Peter,Philip,Ralph,Simon,Stuart,\
    Theodore,Victor";

pub(super) const ENGLISH_FAMILY: &str = "Ashworth,Barlow,Bennett,Blackwood,Bradshaw,Brooks,Chapman,Clarke,Cooper,\
    Crawford,Dawson,Dixon,Ellis,Fletcher,Foster,Gibson,Goodwin,Graham,Hale,Hargreaves,Harper,Hayward,Hobbs,Holloway,\
    Hughes,Jarvis,Kendall,Lawson,Marsh,Mason,Mercer,Nash,Norton,Osborne,Palmer,Pearce,Preston,Radcliffe,Reynolds,\
    Sanderson,Saunders,Sharpe,Shepherd,Simmons,Spencer,Stafford,Sutton,Thornton,Turner,Underwood,Vaughan,Walsh,\
    Warner,Watkins,Webster,Whitaker,Wilkinson,Winterbourne,Woodward,Wright,Yates,Smith-Barton,Kaye,Ingram,Abbott,\
    Fairclough";

pub(super) const IRISH_FEMALE: &str = "Aoife,Ciara,Niamh,Siobhán,Róisín,Sinéad,Gráinne,Orla,Deirdre,Maeve,Caoimhe,\
    Bríd,Éilis,Nuala,Fionnuala,Clodagh,Mary,Kathleen,Bridget,Noreen";

pub(super) const IRISH_MALE: &str = "Seán,Patrick,Cian,Conor,Declan,Diarmuid,Eoin,Fergal,Fionn,Liam,Niall,Oisín,\
    Pádraig,Ronan,Brendan,Kieran,Cormac,Darragh,Tadhg,Eamon";

pub(super) const IRISH_FAMILY: &str = "O'Brien,O'Connor,O'Sullivan,Kelly,Byrne,Ryan,Murphy,Doyle,McCarthy,Gallagher,\
    Doherty,Kennedy,Quinn,Moore,McLoughlin,Carroll,Connolly,Daly,Nolan,Brennan,Fitzgerald,Ó Súilleabháin,Mac Giolla,\
    Keane,Higgins,Egan,Foley,Hogan,Kavanagh,Lally,Maguire,Scanlon,Tierney,Whelan";

pub(super) const GERMAN_FEMALE: &str = "Anna,Birgit,Christiane,Franziska,Gabriele,Hannelore,Ingrid,Jana,Katharina,\
    Lena,Mareike,Nadine,Petra,Renate,Sabine,Ulrike,Jördis,Käthe,Annegret,Elisabeth";

pub(super) const GERMAN_MALE: &str = "Andreas,Bernd,Christian,Dieter,Florian,Günter,Hans-Jürgen,Jörg,Jürgen,Klaus,\
    Lukas,Matthias,Maximilian,Rüdiger,Sebastian,Stefan,Tobias,Uwe,Wolfgang,Björn";

pub(super) const GERMAN_FAMILY: &str = "Müller,Schäfer,Schröder,König,Krüger,Böhm,Günther,Jäger,Köhler,Möller,Weiß,\
    Schulze,Vogt,Winkler,Brandt,Dietrich,Engel,Franke,Haas,Heinrich,Huber,Keller,Kuhn,Lorenz,Pohl,Sauer,Seidel,\
    Thiele,Voigt,Zimmermann";

pub(super) const SPANISH_FEMALE: &str = "María,Dolores,Carmen,Ana,Lucía,Inmaculada,Begoña,Concepción,Elena,Inés,\
    Mercedes,Montserrat,Nuria,Pilar,Rocío,Rosario,Sofía,Teresa,Verónica,Ángela";

pub(super) const SPANISH_MALE: &str = "José,Francisco,Manuel,Álvaro,Andrés,Antonio,Diego,Enrique,Fernando,Iñigo,\
    Ignacio,Javier,Joaquín,Jesús,Luis,Miguel,Óscar,Pablo,Rubén,Sergio";

pub(super) const SPANISH_FAMILY: &str = "García,Fernández,González,Rodríguez,López,Martínez,Sánchez,Pérez,Gómez,\
    Jiménez,Ruiz,Hernández,Díaz,Moreno,Muñoz,Álvarez,Romero,Navarro,Torres,Domínguez,Vázquez,Ramos,Serrano,Molina,\
    Ortega,Castro,Ibáñez,Núñez,Peña,Zubiri";

pub(super) const INDIAN_FEMALE: &str = "Priya,Ananya,Deepika,Kavita,Lakshmi,Meera,Neha,Pooja,Radhika,Rekha,Sangeeta,\
    Shreya,Sneha,Sunita,Swati,Vidya,Aditi,Divya,Gayatri,Ishita,Jyoti,Madhavi,Nandini,Padma,Rashmi";

pub(super) const INDIAN_MALE: &str = "Rahul,Amit,Anil,Arjun,Ashok,Deepak,Gaurav,Harish,Karthik,Manish,Mohan,Naveen,\
    Prakash,Rajesh,Ravi,Rohit,Sachin,Sanjay,Siddharth,Sunil,Suresh,Venkatesh,Vijay,Vikram,Vivek";

pub(super) const INDIAN_FAMILY: &str = "Sharma,Patel,Iyer,Nair,Menon,Reddy,Rao,Gupta,Agarwal,Banerjee,Chatterjee,\
    Bose,Desai,Deshpande,Joshi,Kapoor,Khanna,Kulkarni,Malhotra,Mehta,Mishra,Mukherjee,Naidu,Pillai,Saxena,Shah,Singh,\
    Subramanian,Trivedi,Verma,Bhattacharya,Chaudhary,Hegde,Jain,Kamath,Rathore";

pub(super) const NICKNAMES: &str = "William:Bill,Robert:Bob,Richard:Dick,James:Jim,Thomas:Tom,Edward:Ted,\
    Charles:Charlie,Michael:Mike,Christopher:Chris,Anthony:Tony,Andrew:Andy,Daniel:Dan,Matthew:Matt,Nicholas:Nick,\
    Benjamin:Ben,Samuel:Sam,Joseph:Joe,Alexander:Alex,Jonathan:Jon,Timothy:Tim,Stephen:Steve,Gregory:Greg,\
    Frederick:Fred,Henry:Harry,Leonard:Len,Philip:Phil,Theodore:Theo,Victor:Vic,Margaret:Peggy,Elizabeth:Liz,\
    Katherine:Kate,Rebecca:Becky,Jennifer:Jenny,Victoria:Vicky,Susan:Sue,Deborah:Debbie,Christine:Chris,Patricia:Pat,\
    Alexandra:Alex,Abigail:Abby,Eleanor:Nell,Georgina:Georgie,Josephine:Jo,Judith:Judy,Matilda:Tilly,Philippa:Pippa,\
    Rosemary:Rosie,Samantha:Sam,Theresa:Tess,Gillian:Gill,Alexandre:Alex,Christophe:Chris,Frédéric:Fred,\
    Stéphanie:Steph,Catherine:Cathy,Véronique:Véro,Mickaël:Mika,Nicolas:Nico,Sébastien:Seb,Raphaël:Raph,Mathieu:Matt,\
    Patrick:Paddy,Kathleen:Kathy,Bridget:Biddy,Eamon:Ned,Maximilian:Max,Sebastian:Basti,Katharina:Kathi,\
    Franziska:Franzi,Elisabeth:Lisa,Matthias:Matze,Francisco:Paco,José:Pepe,Dolores:Lola,Ignacio:Nacho,Manuel:Manolo,\
    Concepción:Concha,Mercedes:Merche,Siddharth:Sid,Venkatesh:Venky,Vikram:Vicky,Rajesh:Raj,Subramanian:Subbu";

/// French family names beyond the common ones are a beginning and an end put together, so that there are enough of them.
pub(super) const FRENCH_START: &str = "Beau,Bel,Bon,Bri,Cham,Char,Clai,Cor,Cour,Dau,Del,Des,Fon,Gar,Gran,Haut,Hol,\
    Lan,Lau,Mar,Mont,Mor,Nor,Pel,Per,Rou,Sal,Val,Ver,Vil";

pub(super) const FRENCH_END: &str = "bert,bois,champ,court,dier,don,fort,gny,lac,land,lard,let,lier,lin,mond,nard,\
    nay,pont,quet,reau,sard,sey,tain,teuil,ton,vigne,ville";
