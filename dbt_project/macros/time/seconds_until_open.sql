{#- Seconds from a UTC moment until live support is open, by Pacific standard time: 0 while it is. `policies` names the relation of int_policy_values. -#}
{% macro seconds_until_open(moment, policies) -%}
  {%- set second = 'epoch(' ~ pacific_time(moment) ~ ')::bigint % ' ~ days(1) -%}
  {%- set opens = hours(policies ~ '.support_open_hour') -%}
  {%- set closes = hours(policies ~ '.support_close_hour') -%}
  case when {{ second }} < {{ opens }} then {{ opens }} - {{ second }} when {{ second }} >= {{ closes }} then {{ days(1) }} + {{ opens }} - {{ second }} else 0 end
{%- endmacro %}
