{#-
  After a rules view is made: what it counts, kept in memory until the command ends. Its test and rules_checked read that instead of counting anew, each of
  them, over every row (macro counted_rules).
-#}
{% macro keep_counts() -%}
  {{ adapter.dispatch('keep_counts')() }}
{%- endmacro %}

{% macro default__keep_counts() -%}
  {%- if this.identifier.endswith('_rules') -%}
    create or replace table rule_counts.{{ adapter.quote(this.schema) }}.{{ adapter.quote(this.identifier) }} as
    select table_name, rule, rows_checked, violations, example from {{ this }}
  {%- endif -%}
{%- endmacro %}

{% macro spark__keep_counts() -%}{%- endmacro %}
