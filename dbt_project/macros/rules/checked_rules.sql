{#-
  One row a rule with the rows it looked at and the rows that break it, all in one scan. `relation` names the CTE or model to look at; `rows` maps rules to
  predicates that every row must satisfy (null breaks the rule); `totals` maps rules to counts of violations over the whole relation, written as SQL or as a
  mapping with `violations` and `example`, the SQL of something that breaks the rule.

  `example` names the first row that breaks a rule by its `id` and some of its `words`, where the caller asks for it (macro shows_rows): a rule may be a
  mapping with `holds` and `at`, the position in the words that is worth showing.
-#}
{% macro checked_rules(table_name, relation, id, words=none, rows={}, totals={}) -%}
  select
    '{{ table_name }}' as table_name,
    unnest(['{{ (rows.keys() | list + totals.keys() | list) | join("', '") }}']) as rule,
    count(*) as rows_checked,
    unnest([
      {%- for rule in rows.values() %}
      count(*) filter (where ({{ rule if rule is string else rule.holds }}) is not true)::bigint{{ ',' if not loop.last or totals }}
      {%- endfor %}
      {%- for total in totals.values() %}
      ({{ total if total is string else total.violations }})::bigint{{ ',' if not loop.last }}
      {%- endfor %}
    ]) as violations,
    unnest([
      {%- for rule in rows.values() %}
      arg_min({{ named_row(id, words, none if rule is string else rule.at) }}, {{ id }})
        filter (where {{ shows_rows() }} and ({{ rule if rule is string else rule.holds }}) is not true)::varchar{{ ',' if not loop.last or totals }}
      {%- endfor %}
      {%- for total in totals.values() %}
      {% if total is string %}null{% else %}({{ total.example }}){% endif %}::varchar{{ ',' if not loop.last }}
      {%- endfor %}
    ]) as example
  from {{ relation }}
{%- endmacro %}
