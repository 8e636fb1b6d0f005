{#-
  One row a rule of what a CTE has counted in one row: `rows_checked`, and for each rule a column of its name, a struct of its `violations` and an `example`
  (macro count_violations).
-#}
{% macro checked_rules(table_name, counted) -%}
  select '{{ table_name }}' as table_name, rule, rows_checked, found.violations, found.example
  from (unpivot {{ counted }} on columns(* exclude (rows_checked))::struct(violations bigint, example varchar) into name rule value found)
{%- endmacro %}
