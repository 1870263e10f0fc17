"""Sentences of the report on what nobody checked, where opinions differ, and of its appendices."""

NOBODY_CHECKED = (
    "The program states what follows from the record. These things it cannot check, and nobody is "
    "recorded to have checked them:"
)
UNCHECKED_POINTS = (
    "that the folders compared hold the models in dispute: their hashes are compared with registered "
    "ones only where the record was imported into a matter;",
    "that each model of the population has the lineage, the stratum and the origin that the "
    "specification says;",
    "that the suspect belongs to the stratum that the specification says;",
    "that the machine, the libraries and the device were those that the record states;",
    "that the words of rules of court and of statutes printed here are those in force.",
)
CHECKED_AGAIN = (
    "Before this report was laid out, every null, p-value, ratio and bound was worked out again from the "
    "values measured. The values, p-values and ratios are those that the record states."
)

DIFFER = "Points on which published work, or the figures at hand, allow more than one view:"
DIFFER_POINTS = (
    "Whether the p-value of match behaves as one: its paper shows it by experiment, not by theorem "
    "(literature below).",
    "What likeness of representations, of norm gains or of attention profiles tells: independent models "
    "of one measured set correlated at 0.985 in attention and 0.998 in norm gains.",
    "What likeness of behaviour tells: in the same set a retrained derived model answered less like its "
    "parent than an independent model of the same data did.",
    "Which words go with which ratio: sources disagree on the upper bands.",
)
EVERY_TEST = "[[every-table]] lists every test that ran, in the order in which it ran, whatever it gave."
MEMBERS = "The models of the population as the specification describes them, and what each gave."
NO_MEMBERS = "There is no population to list."
FILES = "SHA-256 of every file that the two manifests name."
ENVIRONMENT = "What the record says of the run. “{missing}” stands where it says nothing."
AGAIN = (
    "To run it again: take the two models with the manifest hashes of [[models-table]], the population "
    "with the hashes of [[members]], this program with the code hash of [[environment-table]] and the "
    "libraries named there, and give the same specification (methods, seed {seed}, stratum {stratum}) "
    "to `manage.py compare SPEC.toml --out FOLDER`. The figures of [[every-table]] should come out the "
    "same on the same kind of machine; whether they did is for whoever runs it to say."
)
GLOSSARY = "Words of the subject, as this report uses them."
LITERATURE = (
    "Papers on which the methods that ran and their calibration rest. The program names them; it does "
    "not say who reviewed them. The expert adds what else was relied on (below)."
)
PLACES = "Where each part that the rules ask for stands. “{expert}” marks what only the expert can supply."
