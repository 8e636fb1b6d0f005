{#-
  At the end of a run, a line for each rule that has failed, and for each other test: how many rows, and the first of them. Printed, since --quiet hides the
  log; and written to work/failed_tests.txt, so that `make run` can end with them.
-#}
{% macro print_failed_tests(results) %}
  {%- set lines = [] -%}
  {%- for result in results if result.node.resource_type == 'test' and result.status in ('fail', 'warn') -%}
    {%- do lines.extend(failed_test_lines(result, results)) -%}
  {%- endfor -%}
  {%- for line in lines -%}{%- do print(line) -%}{%- endfor -%}
  {%- if lines -%}{%- do keep_failed_tests(lines) -%}{%- endif -%}
{% endmacro %}
