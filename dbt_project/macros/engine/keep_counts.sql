{#-
  After a rules view is made: what it counts, kept in memory until the command ends. Its test and rules_checked read that instead of counting anew, each of
  them, over every row (macro counted_rules). So are the facts and bookings that several of them compare with, and rules are counted with what is kept.
-#}
{% macro keep_counts() -%}
  {{ adapter.dispatch('keep_counts')() }}
{%- endmacro %}

{% macro default__keep_counts() -%}
  {#- Views read by views name what they were made of: so each of them has a copy that names what is kept. -#}
  {%- set ns = namespace(sql=compiled_code) -%}
  {%- for id in model.depends_on.nodes if id in selected_resources -%}
    {%- set read = graph.nodes.get(id, {}) -%}
    {%- if 'rules' in read.get('fqn', []) and not read.name.endswith('_rules') -%}
      {%- set ns.sql = ns.sql | replace(read.relation_name, 'rule_counts.' ~ adapter.quote(read.schema) ~ '.' ~ adapter.quote(read.alias)) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- set kept = 'rule_counts.' ~ adapter.quote(this.schema) ~ '.' ~ adapter.quote(this.identifier) -%}
  {%- if this.identifier.endswith('_rules') -%}
    create or replace table {{ kept }} as
    select table_name, rule, rows_checked, violations, example from ({{ ns.sql }}) as counted
  {%- else -%}
    create or replace {{ 'table' if (config.get('meta') or {}).get('kept_as_table') else 'view' }} {{ kept }} as
    select * from ({{ ns.sql }}) as made
  {%- endif -%}
{%- endmacro %}

{% macro spark__keep_counts() -%}{%- endmacro %}
