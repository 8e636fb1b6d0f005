-- Every rule by table, with the rows looked at and those that break it.
select table_name, rule, rows_checked, violations
from analytics.rules_checked
order by table_name, rule
