CREATE TABLE vote (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    article TEXT NOT NULL,
    revision TEXT NOT NULL,
    helpful INTEGER,
    reason TEXT,
    comment TEXT NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE INDEX vote_of_article ON vote (article);
