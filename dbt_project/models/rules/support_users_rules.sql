-- The help desk's users are the business's, and each answers for the other.
with

users as (

    select
        support_users.user_id,
        support_users.account_id,
        support_users.external_user_id,
        support_users.user_name,
        members.user_id as member_id,
        members.full_name
    from {{ ref('udahub__users') }} as support_users
    full join {{ ref('users') }} as members
        on support_users.external_user_id = members.user_id

),

rules as (

    select
        coalesce(user_id, member_id) as id,
        coalesce(user_name, full_name) as words,
        user_id,
        member_id is not null as external_user_exists,
        user_id = member_id as every_member_has_a_support_user_of_the_same_id,
        user_name = full_name as name_is_the_members,
        account_id in (select account_id from {{ ref('udahub__accounts') }}) as account_exists
    from users

),

counted as (

    select
        {{ count_violations(id='id', words='words', keys=['user_id']) }},
        {{ duplicate_count('user_id') }} as user_id_is_unique
    from rules

)

{{ checked_rules('udahub.users', 'counted') }}
