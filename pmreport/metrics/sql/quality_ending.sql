-- Each check with how many it looked at and what it found, the accepted apart; of many subjects the first $most.
, ranked AS (
    SELECT
        r.check_id    AS check_id,
        r.subject     AS subject,
        r.is_accepted AS is_accepted,
        COUNT(*) OVER (PARTITION BY r.check_id, r.is_accepted) AS amount,
        ROW_NUMBER() OVER (PARTITION BY r.check_id, r.is_accepted ORDER BY r.subject) AS place
    FROM (
        SELECT
            f.check_id AS check_id,
            f.subject  AS subject,
            CASE
                WHEN REPLACE($accepted, $mark || f.check_id || ' ' || f.subject || $mark, '') <> $accepted THEN 1
                ELSE 0
            END AS is_accepted
        FROM findings f
    ) r
)
SELECT
    p.check_id   AS check_id,
    p.population AS population,
    COALESCE(r.amount, 0) AS found,
    COALESCE(r.is_accepted, 0) AS is_accepted,
    r.subject    AS subject
FROM populations p
LEFT JOIN ranked r ON r.check_id = p.check_id AND (r.place <= $most OR r.is_accepted = 1)
ORDER BY p.check_id, r.is_accepted, r.place
