{#-
  One row a rule of what a CTE has counted in one row: `rows_checked`, and for each rule a column of its name, a struct of its `violations` and an `example`
  (macro count_violations).
-#}
{% macro checked_rules(table_name, counted) -%}
  {{ adapter.dispatch('checked_rules')(table_name, counted) }}
{%- endmacro %}

{% macro default__checked_rules(table_name, counted) -%}
  select '{{ table_name }}' as table_name, rule, rows_checked, found.violations, found.example
  from (unpivot {{ counted }} on columns(* exclude (rows_checked))::struct(violations bigint, example varchar) into name rule value found)
{%- endmacro %}

{#- Spark has no columns of a pattern: the names of the rules are asked of the engine, which plans the model so far. -#}
{% macro spark__checked_rules(table_name, counted) -%}
  {%- set rules = [] -%}
  {%- for rule in cte_columns(counted) if rule != 'rows_checked' -%}
    {%- do rules.append("struct('" ~ rule ~ "' as rule, " ~ rule ~ '.violations::bigint as violations, ' ~ rule ~ '.example::string as example)') -%}
  {%- endfor -%}
  select '{{ table_name }}' as table_name, found.rule, rows_checked, found.violations, found.example
  from (select rows_checked, explode(array({{ rules | join(', ') }})) as found from {{ counted }}) as each_rule
{%- endmacro %}
