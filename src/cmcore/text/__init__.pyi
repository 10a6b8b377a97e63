from cmcore.text.words import WordList as WordList
