from cmcore.automoderator.conditions import in_normal_form as in_normal_form
from cmcore.automoderator.imported import AutomoderatorImport as AutomoderatorImport
from cmcore.automoderator.imported import ImportedRule as ImportedRule
from cmcore.automoderator.lint import lint_automoderator as lint_automoderator
from cmcore.automoderator.read import read_automoderator as read_automoderator
