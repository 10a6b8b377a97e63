"""Files of AutoModerator, made up for the tests."""

from typing import Final

#: A file with a rule of every sort that a charter can have.
BAKERY: Final = r"""
# what nobody wants here
title+body (includes-word): [lottery, "free cake", 7, crêpe]
action: remove
action_reason: Not about bread
priority: 2
---
type: submission
~title (starts-with, case-sensitive): "[BREAD]"
~title#2 (regex): ['^\[\w+\]']
action: filter
comment: Begin the title with a tag.
priority: 3
---
type: link submission
domain: [rival.example, other.example]
action: spam
---
url: [utm_source]
moderators_exempt: false
action: report
report_reason: tracked
---
author:
    account_age: "< 7 days"
    combined_karma: "< 10"
    satisfy_any_threshold: true
    ~name: [baker, "old-hand"]
body_shorter_than: 12
action: filter
---
author: [spam-bot]
action: remove
---
~author: [baker]
type: comment
is_top_level: false
body (full-text): [first, "me too"]
action: remove
---
type: comment
author:
    is_submitter: false
    comment_karma: "< -10"
    account_age: "> 1 month"
parent_submission:
    title (ends-with): ["(locked)", closed]
    set_flair: seen
action: filter
---
author: {is_submitter: true, is_contributor: false, account_age: 7}
body (includes, regex): ['\bsour(dough)?\b', 'r[yi]e$', 'c(ol|al)d\W+brew', 'é\B', '(?i)x{2,3}']
body_longer_than: 3
action: report
---
flair_text: [Off topic]
action: filter
---
~flair_text (regex): '.+'
reports: 2
type: text submission
action: filter
---
title (full-exact): test
ignore_blockquotes: false
action: remove
---
author: {post_karma: "> 1000", is_moderator: false}
action: approve
---
author: {name: [baker]}
reports: 1
action: approve
---
title: []
type: crosspost submission
is_edited: true
action: report
---
reports: 0
body: nothing
action: report
---
title: rolls
set_flair: Rolls
"""

#: A file with what its users suffer from; each line that should be found says what of.
BROKEN: Final = r"""
domain: a.example
domain: b.example                       # automod-key-again
action: remove
---
title: cake
action: filter
type: submission
title: pie                              # automod-dashes-missing
action: remove
---
titel: cake                             # automod-no-field
action: remove
---
type: comment
title: cake                             # automod-off-type
action: remove
---
parent_submission:
    author: {name: cake}                # automod-off-type
action: remove
---
title (include): cake                   # automod-bad-modifier
action: remove
---
title: {a: b}                           # automod-bad-value
action: remove
---
body: [{a: b}]                          # automod-bad-value
action: destroy                         # automod-bad-value
priority: high                          # automod-bad-value
moderators_exempt: maybe                # automod-bad-value
reports: many                           # automod-bad-value
is_edited: perhaps                      # automod-bad-value
author: {account_age: young, post_karma: few, contributor_quality: fair} # automod-bad-value
crosspost_author: somebody              # automod-bad-value
---
title (regex): ['(a', 'b)', '[c', '*d', 'e{3,2}', '[z-a]'] # automod-bad-pattern
action: remove
---
domain: ["https://a.example"]           # automod-never
action: remove
---
domain (regex): ['\?utm']               # automod-never
action: remove
---
domain: a.example, b.example, c.example # automod-one-text automod-never
action: remove
---
author: {account_age: 7, post_karma: "< 0", combined_karma: "> -100"} # automod-never
action: remove
---
title: [no, “tart”]                     # automod-read-as automod-quotes
action: remove
---
title: []                               # automod-empty
action: remove
---
action: remove                          # automod-no-check
---
title: eclair                           # automod-no-action
---
- title: a list                         # automod-not-a-rule
---
title: [a, b
action: remove                          # bracket-missing
---
a: *b                                   # alias
"""
