{#- The business days within which a refund is paid, by payment method; `policies` is an alias of int_policy_values. -#}
{% macro refund_days(payment_method, policies) -%}
  case when {{ payment_method }} = 'credit_card' then {{ policies }}.refund_processing_days else {{ policies }}.refund_wallet_days end
{%- endmacro %}
