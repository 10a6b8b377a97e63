from cmcore.display.cards import view as view
from cmcore.display.views import View as View
