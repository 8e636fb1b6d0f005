{#- A database in memory beside the working one, for what no later command may read (macro keep_counts). -#}
{% macro attach_memory() -%}
  {{ adapter.dispatch('attach_memory')() }}
{%- endmacro %}

{% macro default__attach_memory() -%}
  {%- if flags.WHICH in ('build', 'run') -%}
    attach if not exists ':memory:' as rule_counts;
    create schema if not exists rule_counts.analytics
  {%- endif -%}
{%- endmacro %}

{#- Rules are tables there. -#}
{% macro spark__attach_memory() -%}{%- endmacro %}
