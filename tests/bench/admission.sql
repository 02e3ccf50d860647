-- The Danish guideline's `admission` as one query of DuckDB over documents of the evaluation contract: the yardstick for
-- who would rather write SQL. For complete patients only. 'FILE' stands for the documents, and the clauses are those of
-- policies/dk/cpo/2018-09-04/admission.cordon and facts.cordon. Run, and held against `cordon batch`, by tests/bench/run.
WITH document AS (
  SELECT subject, as_of, facts,
         CAST(as_of - INTERVAL 6 MONTH AS DATE) AS edge,
         CAST(as_of - INTERVAL 1 MONTH AS DATE) AS month_back
  FROM read_ndjson('FILE', columns = {
    subject: 'VARCHAR',
    as_of: 'DATE',
    facts: 'STRUCT(
      cpo_ever_detected BOOLEAN,
      household_contacts STRUCT(cpo_positive BOOLEAN, last_contact DATE)[],
      hospital_stays STRUCT(country VARCHAR, admitted TIMESTAMP, discharged TIMESTAMP, invasive_procedure BOOLEAN)[],
      stays_outside_nordic STRUCT(country VARCHAR, "left" DATE, antibiotics BOOLEAN)[],
      special_situations STRUCT(last_day DATE)[],
      cpo_tests STRUCT(sampled DATE, result VARCHAR)[],
      encounter_kind VARCHAR,
      isolation_decision BOOLEAN)'
  })
), risk AS (
  SELECT subject, as_of, facts.encounter_kind, facts.isolation_decision, facts.cpo_tests, month_back,
         facts.cpo_ever_detected OR len(list_filter(facts.cpo_tests, lambda t: t.result = 'positive')) > 0 AS detected,
         list_filter(facts.household_contacts,
           lambda c: c.cpo_positive AND c.last_contact BETWEEN edge AND as_of) AS contacts,
         list_filter(facts.hospital_stays,
           lambda s: CAST(s.discharged AS DATE) BETWEEN edge AND as_of
             AND s.country NOT IN ('DK', 'SE', 'NO', 'FI', 'IS', 'FO', 'GL', 'AX')
             AND (s.discharged - s.admitted > INTERVAL 24 HOUR OR s.invasive_procedure)) AS stays,
         list_filter(facts.stays_outside_nordic,
           lambda a: a.antibiotics AND a."left" BETWEEN edge AND as_of
             AND a.country NOT IN ('DK', 'SE', 'NO', 'FI', 'IS', 'FO', 'GL', 'AX')) AS antibiotic_stays,
         list_filter(facts.special_situations, lambda k: k.last_day BETWEEN edge AND as_of) AS situations
  FROM document
), judged AS (
  SELECT subject, detected, isolation_decision, len(situations) > 0 AS special,
         len(contacts) + len(stays) + len(antibiotic_stays) + len(situations) > 0 AS at_risk,
         len(list_filter(stays, lambda s: s.discharged - s.admitted > INTERVAL 24 HOUR
           AND as_of - CAST(s.discharged AS DATE) <= 7)) > 0 AS row_3a,
         detected AND len(list_filter(cpo_tests, lambda t: t.sampled > month_back AND t.sampled <= as_of)) > 0
           AS tested_this_month,
         encounter_kind = 'planned' AND NOT detected AND coalesce(
           list_max(list_transform(
             list_filter(cpo_tests, lambda t: t.result = 'negative' AND as_of - t.sampled BETWEEN 0 AND 28),
             lambda t: t.sampled))
           >= greatest(DATE '1900-01-01',
                list_max(list_transform(contacts, lambda c: c.last_contact)),
                list_max(list_transform(stays, lambda s: CAST(s.discharged AS DATE))),
                list_max(list_transform(antibiotic_stays, lambda a: a."left")),
                list_max(list_transform(situations, lambda k: k.last_day))), false) AS negative_on_referral
  FROM risk
)
SELECT subject,
       CASE WHEN detected THEN NOT tested_this_month WHEN negative_on_referral THEN false ELSE at_risk END AS screen,
       CASE WHEN detected THEN 'true' WHEN negative_on_referral THEN 'false' WHEN row_3a THEN 'true'
            WHEN NOT special THEN 'false' WHEN isolation_decision IS NULL THEN 'judgement'
            ELSE CAST(isolation_decision AS VARCHAR) END AS isolate_until_result
FROM judged
