-- The smallest world: two members, a venue, an event, two bookings out of order, an article and a ticket.
create schema eventhub;
create schema udahub;
create schema analytics;
create schema intermediate;
create schema staging;

create table main.users as select * from (values
    ('u_00001', 'Ana Ruiz', 'ana@example.com', '+1 (415) 555-0100', 'Lima', 'premium', 'active', 10, false, timestamp '2025-01-02 03:04:05', timestamp '2025-01-02 03:04:05', timestamp '2025-01-03 00:00:00', null::timestamp, null::timestamp, null::varchar),
    ('u_00002', 'Bo "Bobby" Lind', 'bo@example.com', '+1 (415) 555-0101', 'Umeå', 'basic', 'paused', 5, true, timestamp '2025-02-02 03:04:05', timestamp '2025-02-02 03:04:05', timestamp '2025-02-03 00:00:00', timestamp '2025-03-03 00:00:00', timestamp '2025-03-02 00:00:00', 'chargeback')
) as t (user_id, full_name, email, phone, city, subscription_tier, subscription_status, monthly_quota, is_blocked, created_at, joined_at, subscription_started_at, subscription_ended_at, blocked_at, blocked_reason);

create table main.venues as select 'v_00001' as venue_id, 'The Shed' as name, '1 Dock St' as address, 'Uptown' as neighborhood, 'Oakland' as city, 'East Bay' as region, 'California' as state, 300::bigint as capacity, 'music' as category;

create table main.events as select 'e_00001' as event_id, 'Night Songs' as title, 'Songs.' as description, 'music' as category, 'v_00001' as venue_id, 'The Shed' as venue_name, 'Oakland' as city, date '2026-07-04' as event_date, '19:30' as start_time, timestamp '2026-07-04 19:30:00' as "when", 90::bigint as duration_minutes, 19.99::decimal(10, 2) as price_min, 45::decimal(10, 2) as price_max, 100::bigint as total_tickets, 3::bigint as tickets_sold, 97::bigint as slots_available, false as is_premium, 'active' as status;

create table main.reservations as select * from (values
    ('r_100000', 'u_00002', 'bo@example.com', 'e_00001', 1::bigint, 19.99::decimal(10, 2), 'cancelled', timestamp '2025-03-01 10:00:00', 'paypal', false, timestamp '2025-03-02 00:00:00', 'block'),
    ('r_99999', 'u_00001', 'ana@example.com', 'e_00001', 2::bigint, 36::decimal(10, 2), 'confirmed', timestamp '2025-03-02 10:00:00', 'apple_pay', true, null, null)
) as t (reservation_id, user_id, user_email, event_id, ticket_count, total_price, status, booking_date, payment_method, is_premium_booking, cancelled_at, cancelled_by)
cross join (select title as event_title, venue_id, venue_name, event_date from main.events);

create table main.kb_articles as select 'kb_00001' as article_id, 'Refunds' as title, e'One.\n\nTwo.\n\nThree.' as content, 'policy' as category, ['refund', 'money', 'days'] as tags, timestamp '2026-05-01 08:00:00' as last_updated, true as is_published, 70::bigint as view_count, 12::bigint as helpful_votes;

create table main.tickets as select 't_00001' as ticket_id, 'u_00001' as user_id, 'ana@example.com' as user_email, 'refund' as category, 'refund' as main_issue_type, 'My money' as subject, 'Please refund.' as description, 'r_99999' as reservation_id, 'e_00001' as event_id, 'Night Songs' as event_title, 'open' as status, 'low' as priority, timestamp '2026-05-30 09:00:00' as created_at, null::timestamp as resolved_at, null::varchar as agent_notes, null::varchar as assigned_agent, null::timestamp as first_response_at, null::bigint as csat;

create table eventhub.data_set as select 'eventhub-data' as name, '0.1.0' as version, date '2026-06-01' as as_of, 42::bigint as seed, 'test' as volume, 'CC-BY-4.0' as license, repeat('d', 64) as data_hash;
create table eventhub.plans as select * from (values ('premium', 29::decimal(10, 2), 10::bigint), ('basic', 12::decimal(10, 2), 5::bigint)) as t (tier, monthly_price, monthly_quota);
create view eventhub.users as select user_id, full_name, email, phone, city, is_blocked, created_at, blocked_at, blocked_reason from main.users;
create view eventhub.subscriptions as select 's' || substr(user_id, 2) as subscription_id, user_id, subscription_tier as tier, subscription_status as status, monthly_quota, subscription_started_at as started_at, subscription_ended_at as ended_at from main.users;
create view eventhub.venues as select * from main.venues;
create view eventhub.events as select * exclude (venue_name) from main.events;
create view eventhub.reservations as select reservation_id, user_id, event_id, ticket_count, total_price, status, booking_date as created_at, payment_method, is_premium_booking, cancelled_at, cancelled_by from main.reservations;
create table eventhub.refunds as select 'f_00001' as refund_id, reservation_id, total_price as amount, 100::bigint as percent, ticket_count, payment_method as method, 'requested' as status, cancelled_at as requested_at, null::timestamp as paid_at, null::varchar as ticket_id from main.reservations where status = 'cancelled';

create view udahub.data_set as select * from eventhub.data_set;
create table udahub.accounts as select 'eventhub' as account_id, 'EventHub' as account_name, timestamp '2024-01-01 00:00:00' as created_at, timestamp '2024-01-01 00:00:00' as updated_at;
create table udahub.users as select user_id, 'eventhub' as account_id, user_id as external_user_id, full_name as user_name, created_at, created_at as updated_at from main.users;
create table udahub.tickets as select ticket_id, 'eventhub' as account_id, user_id, 'chat' as channel, created_at from main.tickets;
create table udahub.ticket_metadata as select ticket_id, status, main_issue_type, 'refund, music' as tags, created_at, created_at as updated_at, category, priority, 'low' as urgency, 'neutral' as sentiment, 0.55::decimal(4, 2) as rag_confidence, 0 as failed_attempts, null::varchar as escalation_reason, subject, reservation_id, event_id, resolved_at, agent_notes, assigned_agent, first_response_at, csat from main.tickets;
create table udahub.ticket_messages as select 'm_00001' as message_id, ticket_id, 'user' as role, description as content, created_at from main.tickets;
create table udahub.ticket_actions as select 'a_00001' as action_id, ticket_id, 'issue_refund' as action, '{"amount":"42.00"}'::json as arguments, 'ai' as actor, created_at from main.tickets;
create table udahub.knowledge as select article_id, 'eventhub' as account_id, title, content, array_to_string(tags, ', ') as tags, last_updated as created_at, last_updated as updated_at, category, is_published, view_count, helpful_votes from main.kb_articles;
create table udahub.user_history as select 'h_00001' as history_id, 'eventhub' as account_id, user_id, ticket_id, 'ticket_opened' as interaction_type, 'Opened a ticket.' as summary, created_at from main.tickets;

create table analytics.ticket_labels as select ticket_id, category, main_issue_type, 'kb_00001' as expected_article_id, []::varchar[] as also_accepted, false as should_escalate, []::varchar[] as escalation_reasons, 'refund_far' as scenario, 'single' as kind, [{'name': 'refund_due', 'value': '42.00', 'type': 'money', 'unit': null::varchar}] as facts, 'answer' as action, map {}::map(varchar, varchar) as arguments, []::varchar[] as forbidden_actions, 'easy' as difficulty, 'train' as split, '2' as key_version, repeat('d', 64) as data_hash from main.tickets;

-- What the data card tells besides.
create table analytics.data_set as select 42::bigint as seed, date '2026-06-01' as as_of, date '2026-12-01' as last_event_date, 'test' as volume, ['bundled'] as models, ['users-2'] as prompt_versions, '1.11.0' as dbt_version, 'v1.5.5' as engine_version;
create table analytics.drawn_tickets as select 1::bigint as place, ticket_id from main.tickets;
create table analytics.share_report as select 'users' as entity, 'user_tier' as attribute, position::bigint as position, value, 50::bigint as asked_percent, 1::bigint as asked_rows, 1::bigint as got_rows, 2::bigint as total_rows, 2::bigint as asked_total, true as holds from (values (1, 'basic'), (2, 'premium')) as t (position, value);
create table analytics.rules_checked as select 'users' as table_name, 'email_is_unique' as rule, 2::bigint as rows_checked, 0::bigint as violations;
create table analytics.content_diversity as select 'tickets.description' as field, 'bundled' as model, 1::bigint as row_count, 1::bigint as distinct_count, 1.0::double as distinct_share, 0.0::double as repeating_share, 1::bigint as sample_count, 2.0::double as mean_words, 1.0::double as distinct_1, null::double as distinct_2, 0.0::double as near_duplicate_share, 1.0::double as commonest_opening_share, ['please refund'] as commonest_openings;
create table analytics.model_comparison as select 'bundled' as model, 'all' as entity, 1::bigint as calls, 0::bigint as retries, 5::bigint as accepted, 0::bigint as rejected, 0::bigint as input_tokens, 0::bigint as output_tokens, 0.0::double as cost_usd, 0.1::double as seconds_per_1000;
create table analytics.support_times as select 'all' as priority, channel, 1::bigint as ticket_count, 0::bigint as answered_count, null::double as response_minutes_p10, null::double as response_minutes_p50, null::double as response_minutes_p90, 0::bigint as resolved_count, null::double as resolution_hours_p10, null::double as resolution_hours_p50, null::double as resolution_hours_p90, 0::bigint as rated_count, null::double as csat_mean from (values ('chat'), ('all')) as t (channel);
create table analytics.support_hours as select range as hour_of_day, 0::bigint as member_messages, 0::bigint as assistant_messages, 0::bigint as agent_messages, 0::bigint as resolved_by_assistant, 0::bigint as resolved_by_agent from range(24);
create table analytics.booking_distances as select 1::bigint as distance, 1::bigint as members, 1.0::double as bookings;
create table analytics.retrieval_report as select category, 'all' as split, 1::bigint as ticket_count, 1::bigint as answerable_count, 1.0::double as found_share, 1.0::double as accepted_share, 1.0::double as bm25_ndcg_at_10, 1.0::double as bm25_success_at_1, 0.55::double as mean_confidence, 0.0::double as low_confidence_share from (values ('refund'), ('all')) as t (category);
create table analytics.exam_report as select 1::bigint as position, 'subjects_distinct' as measure, 'Distinct subjects' as says, 'percent' as unit, 100.0::double as value, 97.0::double as goal_from, null::double as goal_to, true as is_met, null::double as limit_from, null::double as limit_to, false as is_judged;
