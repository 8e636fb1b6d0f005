{#- Fails for every rule of a rules model that at least one row breaks; what names the rows is the macro print_failed_tests, at the end of the run. -#}
{% test no_violations(model) %}
select table_name, rule, rows_checked, violations, example
from {{ counted_rules(model) }}
where violations is distinct from 0
{% endtest %}
