{% macro keep_failed_tests(lines) -%}
  {{ adapter.dispatch('keep_failed_tests')(lines) }}
{%- endmacro %}

{% macro default__keep_failed_tests(lines) -%}
  {%- set quoted = [] -%}
  {%- for line in lines -%}{%- do quoted.append("'" ~ line | replace("'", "''") ~ "'") -%}{%- endfor -%}
  {%- do run_query(
    'copy (select unnest([' ~ quoted | join(', ') ~ '])) to '
    ~ "'" ~ run_query("select getvariable('work_dir')").rows[0][0] | replace("'", "''") ~ "/failed_tests.txt' (format csv, header false, delimiter e'\\x1f', quote '', escape '')"
  ) -%}
{%- endmacro %}

{#- SQL of Spark writes to the cluster's disks, and not to the data directory. -#}
{% macro spark__keep_failed_tests(lines) -%}{%- endmacro %}
