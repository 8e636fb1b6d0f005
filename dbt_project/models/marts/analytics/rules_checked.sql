-- Every rule with the rows it looked at and the violations found. The exports hang on this table, and so on the tests of all rules.
{% set tables = [
    'users', 'venues', 'events', 'reservations', 'quota', 'overlaps', 'days', 'refunds', 'plans', 'data_set', 'kb_articles', 'tickets', 'priorities', 'ticket_metadata', 'ticket_messages', 'ticket_actions',
    'support_users', 'user_history', 'ticket_labels', 'answers', 'texts', 'phrases', 'diversity', 'shares'
] %}
{% for table in tables %}
    {{ 'union all' if not loop.first }}
    select table_name, rule, rows_checked, violations from {{ counted_rules(ref(table ~ '_rules')) }}
{% endfor %}
