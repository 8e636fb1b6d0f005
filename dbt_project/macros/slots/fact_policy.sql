{#- The policy that an article has to name to state a fact (macro ticket_fact) of a row with a column for each; null for a fact that the row alone knows. -#}
{% macro fact_policy(name, known) -%}
  case
    when {{ name }} in ('refund_due', 'refund_percent', 'one_ticket_refund') then
      case {{ known }}.refund_percent
        when '100' then 'refund_full_notice_days'
        when '0' then 'refund_partial_notice_days'
        else 'refund_partial_percent'
      end
    when {{ name }} = 'refund_days' then
      case {{ known }}.payment_method when 'credit_card' then 'refund_processing_days' else 'refund_wallet_days' end
    when {{ name }} = 'monthly_quota' then {{ known }}.plan || '_monthly_quota'
    when {{ name }} = 'venue_parking' then 'parking_' || case {{ known }}.event_category when 'workshop' then 'conference' else {{ known }}.event_category end
    when {{ name }} = 'youngest_guest_age' then 'comedy_min_age'
    when {{ name }} = 'with_adult_below_age' then 'accompanied_age'
    when {{ name }} = 'no_ticket_below_age' then 'lap_child_age'
    when {{ name }} in ('{{ policy_constants() | join("', '") }}') then {{ name }}
  end
{%- endmacro %}
