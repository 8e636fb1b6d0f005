{#- Stops a build that has nothing whole to read; the plugin landing has looked. -#}
{% macro require_raw() -%}
  {{ adapter.dispatch('require_raw')() }}
{%- endmacro %}

{% macro default__require_raw() %}
  {% if execute and flags.WHICH in ('build', 'run') %}
    {% set problem = run_query("select getvariable('raw_problem')").columns[0].values()[0] %}
    {% if problem %}{% do exceptions.raise_compiler_error(problem) %}{% endif %}
  {% endif %}
{% endmacro %}

{#- A table of each landed file; the landing itself is checked by `make spark` (tools/build_on_spark.py). -#}
{% macro spark__require_raw() -%}
  {%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- for name in ('raw', 'main') -%}
      {%- do run_query('create database if not exists ' ~ name) -%}
    {%- endfor -%}
    {%- for source in graph.sources.values() -%}
      {%- set is_json = source.name == 'manifest' -%}
      {%- set file = data_folder() ~ '/raw/' ~ source.name ~ ('.json' if is_json else '.parquet') -%}
      {%- do run_query('drop table if exists raw.' ~ source.name) -%}
      {%- do run_query(
        'create table raw.' ~ source.name ~ ' using ' ~ ('json' if is_json else 'parquet') ~ ' options (path ' ~ text_literal(file)
        ~ (", multiLine 'true'" if is_json else '') ~ ')'
      ) -%}
    {%- endfor -%}
    {%- do run_query('use main') -%}
  {%- endif -%}
{%- endmacro %}
