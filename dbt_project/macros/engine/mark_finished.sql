{#- At the beginning of a build: what says that one has come to its end is gone. -#}
{% macro begin_build() -%}
  {{ adapter.dispatch('begin_build')() }}
{%- endmacro %}

{#- There the files are written by the last model, and only if all tests hold. -#}
{% macro default__begin_build() -%}{%- endmacro %}

{% macro spark__begin_build() -%}
  {%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- do run_query('create database if not exists analytics') -%}
    {%- do run_query('drop table if exists analytics.finished_build') -%}
  {%- endif -%}
{%- endmacro %}

{#- At the end of a build of everything that has gone well: a table that says so. An export believes no warehouse without it. -#}
{% macro mark_finished(results) -%}
  {{ adapter.dispatch('mark_finished')(results) }}
{%- endmacro %}

{% macro default__mark_finished(results) -%}{%- endmacro %}

{% macro spark__mark_finished(results) -%}
  {%- if execute and flags.WHICH == 'build' -%}
    {%- set well = [] -%}
    {%- for result in results if result.status | string in ('success', 'pass') -%}{%- do well.append(result.node.unique_id) -%}{%- endfor -%}
    {%- set open = [] -%}
    {%- for key, node in graph.nodes.items() if node.resource_type in ('model', 'seed', 'test') and key not in well -%}{%- do open.append(key) -%}{%- endfor -%}
    {%- if not open -%}
      {%- do run_query(
        "create table analytics.finished_build using parquet as select '" ~ invocation_id ~ "' as invocation_id, '" ~ dbt_version
        ~ "' as dbt_version, version() as spark_version"
      ) -%}
    {%- endif -%}
  {%- endif -%}
{%- endmacro %}
