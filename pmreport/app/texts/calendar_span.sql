SELECT MIN(c.day_date) AS first_day, MAX(c.day_date) AS last_day
FROM calendar c
WHERE c.calendar_id = $calendar_id
