{#- Seconds from a UTC moment until live support is open, by Pacific standard time: 0 while it is. `policies` names the relation of int_policy_values. -#}
{% macro seconds_until_open(moment, policies) -%}
  {%- set second = 'epoch(' ~ moment ~ ' - interval 8 hour)::bigint % 86400' -%}
  {%- set opens = '3600 * ' ~ policies ~ '.support_open_hour' -%}
  {%- set closes = '3600 * ' ~ policies ~ '.support_close_hour' -%}
  case when {{ second }} < {{ opens }} then {{ opens }} - {{ second }} when {{ second }} >= {{ closes }} then 86400 + {{ opens }} - {{ second }} else 0 end
{%- endmacro %}
