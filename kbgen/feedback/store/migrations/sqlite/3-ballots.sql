-- What tells repeated votes apart, what holds one back, and what finds damage.
ALTER TABLE vote ADD COLUMN section TEXT NOT NULL DEFAULT '';
ALTER TABLE vote ADD COLUMN query TEXT NOT NULL DEFAULT '';
ALTER TABLE vote ADD COLUMN held TEXT NOT NULL DEFAULT '';
ALTER TABLE vote ADD COLUMN visitor TEXT;
ALTER TABLE vote ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
UPDATE vote SET sum = row_sum(id, article, revision, section, helpful, reason, comment, query, day, held);
DROP INDEX vote_of_article;
CREATE INDEX vote_in_numbers ON vote (article, revision, section, helpful, reason, day)
    WHERE held = '' AND helpful IS NOT NULL;
CREATE INDEX vote_misled ON vote (article, query) WHERE query <> '';
CREATE INDEX vote_with_comment ON vote (seq) WHERE comment <> '';
CREATE INDEX vote_held ON vote (seq) WHERE held <> '';
CREATE UNIQUE INDEX vote_of_visitor ON vote (visitor) WHERE visitor IS NOT NULL;

CREATE TABLE ledger (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    identity TEXT NOT NULL,
    commits INTEGER NOT NULL,
    ballots INTEGER NOT NULL,
    digest INTEGER NOT NULL
) STRICT;
INSERT INTO ledger SELECT 1, lower(hex(randomblob(8))), 0, count(*), coalesce(wrapped_sum(sum), 0) FROM vote;

CREATE TABLE salt (day TEXT PRIMARY KEY, salt TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE message (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
