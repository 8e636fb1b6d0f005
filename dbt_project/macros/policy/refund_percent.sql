{#- The share of the price that EventHub gives back, in percent, by the days of notice; `policies` is an alias of int_policy_values. -#}
{% macro refund_percent(notice_days, policies) -%}
  case
    when {{ notice_days }} >= {{ policies }}.refund_full_notice_days then 100
    when {{ notice_days }} >= {{ policies }}.refund_partial_notice_days then {{ policies }}.refund_partial_percent
    else 0
  end
{%- endmacro %}
