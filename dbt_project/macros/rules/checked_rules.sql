{#-
  One row a rule with the rows it looked at and the rows that break it, all in one scan. `relation` names the CTE or model to look at; `rows` maps rules to
  predicates that every row must satisfy (null breaks the rule); `totals` maps rules to expressions that count violations over the whole relation.
-#}
{% macro checked_rules(table_name, relation, rows={}, totals={}) -%}
  select
    '{{ table_name }}' as table_name,
    unnest(['{{ (rows.keys() | list + totals.keys() | list) | join("', '") }}']) as rule,
    count(*) as rows_checked,
    unnest([
      {%- for predicate in rows.values() %}
      count(*) filter (where ({{ predicate }}) is not true)::bigint{{ ',' if not loop.last or totals }}
      {%- endfor %}
      {%- for violations in totals.values() %}
      ({{ violations }})::bigint{{ ',' if not loop.last }}
      {%- endfor %}
    ]) as violations
  from {{ relation }}
{%- endmacro %}
