CREATE TABLE search (
    day TEXT NOT NULL,
    lang TEXT NOT NULL,
    query TEXT NOT NULL,
    n INTEGER NOT NULL,
    empty INTEGER NOT NULL,
    unclicked INTEGER NOT NULL,
    contacted INTEGER NOT NULL,
    PRIMARY KEY (day, lang, query)
) STRICT, WITHOUT ROWID;
