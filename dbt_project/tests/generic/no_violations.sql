{#- Fails for every rule of a rules model that at least one row breaks, and names it. -#}
{% test no_violations(model) %}
select table_name, rule, rows_checked, violations
from {{ model }}
where violations > 0
{% endtest %}
