"""What is said of incidents, of conduct in them, and of what is owed."""

from typing import Final

from cmcore.charters.kinds import KINDS

#: Code -> sentence in English and in French.
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # what is owed, or never done
    "incident duty acknowledge": (
        "acknowledge the incident {within}",
        "reconnaître l'incident {within}",
    ),
    "incident duty alert": (
        "tell those who decide {within}",
        "prévenir ceux qui décident {within}",
    ),
    "incident duty answer": ("answer in public {within}", "répondre en public {within}"),
    "incident duty answer in private": (
        "answer in private {within}",
        "répondre en privé {within}",
    ),
    "incident duty hold": (
        "hold scheduled posts {within}",
        "suspendre les publications prévues {within}",
    ),
    "incident duty correct": (
        "correct a false claim {within}",
        "corriger une affirmation fausse {within}",
    ),
    "incident duty review": (
        "look back {within} of the resolution",
        "après la résolution, tirer le bilan {within}",
    ),
    "incident duty keep criticism": (
        "never take criticism away",
        "ne jamais retirer une critique",
    ),
    "incident duty never say": (
        "never say what is on the list",
        "ne jamais dire ce qui est sur la liste",
    ),
    "incident duty never say or be": (
        "never say what is on the list, nor what is {label}",
        "ne jamais dire ce qui est sur la liste, ni ce qui est {label}",
    ),
    "incident duty never be": (
        "never say what is {label}",
        "ne jamais rien dire qui soit {label}",
    ),
    "incident duty tell the truth": (
        "never claim what is false",
        "ne jamais affirmer ce qui est faux",
    ),
    "incident duty keep promises": ("keep every promise", "tenir chaque promesse"),
    "incident duty never contradict": (
        "never contradict what was said",
        "ne jamais se contredire",
    ),
    "incident duty ask the circuit": (
        "exceptions go through their circuit",
        "les exceptions passent par leur circuit",
    ),
    "incident duty pertinent": (
        "about criticism that came in, or on a fact at stake",
        "à propos des critiques reçues ou d'un fait en cause",
    ),
    "incident duty level": ("from level {level:level} on", "à partir du niveau {level:level}"),
    "incident duty told": ("to be told: {roles}", "à prévenir : {roles}"),
    "incident duty role": ("owed by: {role:role}", "responsable : {role:role}"),
    "incident duty clock": ("counted in {hours} ({zone:hour})", "compté {hours} ({zone:city})"),
    "incident duty joint": ("; ", " ; "),
    "incident owed": ("owed", "dû"),
    "incident always": ("always", "toujours"),
    "incident playbook": (
        "{playbook}: {timed} with a deadline, {always} all along",
        "{playbook} : {timed} avec échéance, {always} en permanence",
    ),
    # the conduct
    "incident conduct": ("{incident}: {told}", "{incident} : {told}"),
    "incident count breached": ("{count} breached", "{count} manquements"),
    "incident count breached one": ("{count} breached", "{count} manquement"),
    "incident count unknown": ("{count} unknown", "{count} inconnus"),
    "incident count unknown one": ("{count} unknown", "{count} inconnu"),
    "incident count kept": ("{count} kept", "{count} respectés"),
    "incident count kept one": ("{count} kept", "{count} respecté"),
    "incident count no occasion": ("{count} without occasion", "{count} sans objet"),
    "incident count no occasion one": ("{count} without occasion", "{count} sans objet"),
    "incident kept": ("kept", "respecté"),
    "incident breached": ("breached", "manquement"),
    "incident unknown": ("unknown", "inconnu"),
    "incident no occasion": ("no occasion", "sans objet"),
    "incident by playbook": (
        "by {playbook}; record until {until}, {zone:hour}",
        "selon {playbook} ; journal jusqu'au {until}, à l'heure {zone:hour}",
    ),
    "incident by both": (
        "by {playbook} and {charter}; record until {until}, {zone:hour}",
        "selon {playbook} et {charter} ; journal jusqu'au {until}, à l'heure {zone:hour}",
    ),
    "incident first": ("{at}: {what}", "{at} : {what}"),
    "incident stopped": (
        "{event} is the first act that the charter would have held back for {circuits}",
        "{event} est le premier acte que la charte aurait retenu (circuit : {circuits})",
    ),
    "incident forbidden": (
        "{event} is the first act that the charter would have stopped",
        "{event} est le premier acte que la charte aurait arrêté",
    ),
    "incident cannot tell": (
        "not known whether the charter would have let out {events}: {missing} unknown",
        "on ne sait pas si la charte aurait laissé sortir {events} (inconnu : {missing})",
    ),
    "incident to know": (
        "to know, give each of them {given}",
        "pour le savoir, donnez à chacun {given}",
    ),
    "incident unstopped": (
        "the charter {charter} would have held back no act that its circuits had not seen",
        "la charte {charter} n'aurait retenu aucun acte que ses circuits n'avaient pas vu",
    ),
    "incident event number": ("event {count}", "événement\u00a0{count}"),
    "incident about": ("({events})", "(voir {events})"),
    "incident event numbered": ("event {count}", "l'événement\u00a0{count}"),
    "incident timeline": ("What happened", "Ce qui s'est passé"),
    "incident duties": ("What was owed", "Ce qui était dû"),
    "incident after": ("{by} after {other}", "{by} après {other}"),
    "incident head time": ("time", "heure"),
    "incident head event": ("event", "événement"),
    "incident head who": ("who", "qui"),
    "incident head what": ("what", "quoi"),
    "incident head marks": ("breaches", "manquements"),
    "incident head standing": ("verdict", "verdict"),
    "incident head duty": ("duty", "devoir"),
    "incident head margin": ("margin", "marge"),
    "incident head why": ("why", "pourquoi"),
    "incident head shown by": ("shown by", "établi par"),
    "incident head kind": ("what", "quoi"),
    "incident head due": ("due", "échéance"),
    "incident head left": ("time left", "temps restant"),
    "incident head role": ("role", "rôle"),
    "incident head people": ("on duty", "en service"),
    # why a duty was kept or breached
    "incident said done": (
        "done at {at}, {margin} before the deadline",
        "fait le {at}, {margin} avant l'échéance",
    ),
    "incident said done never": (
        "done at {at}; its hours never come, so it never falls due",
        "fait le {at} ; ses heures ne viennent jamais : il n'y a pas d'échéance",
    ),
    "incident said done uncovered": (
        "done at {at}, before it could be due; no calendar covers {year}",
        "fait le {at}, avant toute échéance possible ; aucun calendrier ne couvre {year}",
    ),
    "incident said uncovered": (
        "not known when it was due: the calendar does not say which days of {year} are closed",
        "échéance inconnue : le calendrier ne dit pas quels jours de {year} sont fermés",
    ),
    "incident said running never": (
        "its hours never come: it never falls due",
        "ses heures ne viennent jamais : il n'y a pas d'échéance",
    ),
    "incident said untold never": (
        "it never falls due, and nothing says whether it was done",
        "sans échéance, et rien ne dit si c'est fait",
    ),
    "incident said unsaid scheduled never": (
        "it never falls due, and nobody says whether {event} was scheduled",
        "sans échéance, et personne ne dit si {event} était programmé",
    ),
    "incident said unsaid banned never": (
        "it never falls due, and it is not known whether {event} kept to {bans}",
        "sans échéance, et rien ne dit si {bans} est respecté dans {event}",
    ),
    "incident said unsaid claimed never": (
        "it never falls due, and it is not known whether what is claimed in {event} was true",
        "sans échéance, et on ne sait pas si ce qui est affirmé dans {event} était vrai",
    ),
    "incident said unsaid empty never": (
        "it never falls due; {event} has no text, and nobody says which `media` it has",
        "sans échéance ; {event} n'a pas de texte, et personne ne dit quels `media` s'y trouvent",
    ),
    "incident said unsaid aside never": (
        "it never falls due; nobody says whether what {event} is about is criticism",
        "sans échéance ; personne ne dit si {event} porte sur une critique",
    ),
    "incident said unsaid gone never": (
        "it never falls due; {event} was taken down: not known whether people had seen it",
        "sans échéance ; {event} a été retiré, et on ne sait pas si les gens l'avaient vu",
    ),
    "incident said unsaid changed never": (
        "it never falls due; {event} was edited: not known whether people had seen it before",
        "sans échéance ; {event} a été modifié, et on ne sait pas si les gens l'avaient vu avant",
    ),
    "incident said unsaid repeated never": (
        "it never falls due, and {event} says the same again: not known whether it takes it back",
        "sans échéance, et {event} redit la même chose : on ne sait pas si c'est rectifié",
    ),
    "incident said unsaid released never": (
        "it never falls due, and a post may have gone out as scheduled after {event}",
        "sans échéance, et une publication prévue est peut-être sortie après {event}",
    ),
    "incident said same moment never": (
        "it never falls due, and {event} came at the very moment it began, perhaps before",
        "sans échéance, et {event} tombe à l'instant où tout commence, peut-être avant",
    ),
    "incident said doubt never": (
        "it never falls due, and the times are too uncertain to say whether it was done",
        "sans échéance, et les heures sont trop mal connues pour dire si c'est fait",
    ),
    "incident said perhaps owed never": (
        "owed if the claim was false, which is not known; it never falls due",
        "dû si l'affirmation était fausse, ce qu'on ne sait pas ; sans échéance",
    ),
    "incident said perhaps owed since never": (
        "it never falls due; owed if the claim was false already: {event} counts from then on",
        "dû si l'affirmation était déjà fausse : {event} ne vaut qu'à partir de là ; sans échéance",
    ),
    "incident said done undone": (
        "done at {at}, {margin} before the deadline; undone later by {undoers}",
        "fait le {at}, {margin} avant l'échéance ; défait ensuite par {undoers}",
    ),
    "incident said done undone never": (
        "done at {at}, and undone later by {undoers}; its hours never come: it never falls due",
        "fait le {at}, puis défait par {undoers} ; ses heures ne viennent jamais : pas d'échéance",
    ),
    "incident said done undone uncovered": (
        (
            "done at {at}, before it could be due, and undone later by {undoers}; "
            "no calendar covers {year}"
        ),
        (
            "fait le {at}, avant toute échéance possible, puis défait par {undoers} ; "
            "aucun calendrier ne couvre {year}"
        ),
    ),
    "incident said late": (
        "done at {at}, {margin} after the deadline",
        "fait le {at}, {margin} après l'échéance",
    ),
    "incident said late at most": (
        "not done by {due}, but by {latest} at the latest ({event})",
        "pas fait à l'échéance du {due}, mais le {latest} au plus tard ({event})",
    ),
    "incident said not done": (
        "not done by {due}",
        "pas fait à l'échéance du {due}",
    ),
    "incident said running": (
        "due at {due}, after the record ends",
        "échéance le {due}, après la fin du journal",
    ),
    "incident said untold": (
        "due at {due}: nothing says whether it was done",
        "échéance le {due} : rien ne dit si c'est fait",
    ),
    "incident said untold late": (
        (
            "due at {due}: done by {latest} at the latest ({event}); "
            "nothing says whether it was done before"
        ),
        (
            "échéance le {due} : fait le {latest} au plus tard ({event}) ; "
            "rien ne dit si c'était déjà fait"
        ),
    ),
    "incident said unsaid scheduled": (
        "due at {due}: nobody says whether {event} was scheduled",
        "échéance le {due} : personne ne dit si {event} était programmé",
    ),
    "incident said unsaid banned": (
        "due at {due}: not known whether {event} kept to {bans}",
        "échéance le {due} : rien ne dit si {bans} est respecté dans {event}",
    ),
    "incident said unsaid claimed": (
        "due at {due}: not known whether what is claimed in {event} was true",
        "échéance le {due} : on ne sait pas si ce qui est affirmé dans {event} était vrai",
    ),
    "incident said unsaid empty": (
        "due at {due}: {event} has no text, and nobody says which `media` it has",
        "échéance le {due} : {event} n'a pas de texte, et personne ne dit quels `media` il a",
    ),
    "incident said unsaid aside": (
        "due at {due}: nobody says whether what {event} is about is criticism",
        "échéance le {due} : personne ne dit si {event} porte sur une critique",
    ),
    "incident said unsaid gone": (
        "due at {due}: {event} was taken down, and it is not known whether people had seen it",
        "échéance le {due} : {event} a été retiré, et on ne sait pas si les gens l'avaient vu",
    ),
    "incident said unsaid changed": (
        "due at {due}: {event} was edited, and nobody knows whether people had seen it before",
        "échéance le {due} : {event} a été modifié ; on ne sait pas si les gens l'avaient vu avant",
    ),
    "incident said unsaid repeated": (
        "due at {due}: {event} says the same again, and it is not known whether it takes it back",
        "échéance le {due} : {event} redit la même chose, et on ne sait pas si c'est rectifié",
    ),
    "incident said unsaid released": (
        "due at {due}: a post may have gone out as scheduled after {event}",
        "échéance le {due} : une publication prévue est peut-être sortie après {event}",
    ),
    "incident said same moment": (
        "due at {due}: {event} came at the very moment it began, perhaps before",
        "échéance le {due} : {event} tombe à l'instant où tout commence, peut-être avant",
    ),
    "incident said not answered": (
        "not done by {due}: {reasons}",
        "pas fait à l'échéance du {due} : {reasons}",
    ),
    "incident no answer early": (
        "no answer in {event}, which came before the incident opened",
        "aucune réponse dans {event}, d'avant l'ouverture de l'incident",
    ),
    "incident no answer banned": (
        "no answer in {event}, against {bans}",
        "aucune réponse dans {event}, contraire à {bans}",
    ),
    "incident no answer claimed": (
        "no answer in {event}, where what is claimed was false",
        "aucune réponse dans {event}, où ce qui est affirmé était faux",
    ),
    "incident no answer empty": (
        "no answer in {event}, which says nothing",
        "aucune réponse dans {event}, qui ne dit rien",
    ),
    "incident no answer aside": (
        "no answer in {event}, which is about something else",
        "aucune réponse dans {event}, qui porte sur autre chose",
    ),
    "incident no answer undone": (
        "{event} came too late, and was undone by {undoers}",
        "{event} est venu trop tard, puis a été défait par {undoers}",
    ),
    "incident said slipped": (
        "{event} went out as scheduled, {margin} after the deadline",
        "{event} est sorti comme programmé, {margin} après l'échéance",
    ),
    "incident said perhaps slipped": (
        "{event} may have gone out as scheduled, after the deadline",
        "{event} est peut-être sorti comme programmé, après l'échéance",
    ),
    "incident said slipped held": (
        "{event} went out as scheduled, though posts were held",
        "{event} est sorti comme programmé, malgré la suspension",
    ),
    "incident said perhaps slipped held": (
        "{event} may have gone out as scheduled, though posts were held",
        "{event} est peut-être sorti comme programmé, malgré la suspension",
    ),
    "incident said not begun": (
        "owed {within} of the resolution: it is not resolved",
        "après la résolution, dû {within} : ce n'est pas résolu",
    ),
    "incident said not begun untold": (
        "owed {within} of the resolution: nothing says whether it is resolved",
        "après la résolution, dû {within} : rien ne dit si c'est résolu",
    ),
    "incident said below level": (
        "the incident never reached level {level:level}",
        "l'incident n'a jamais atteint le niveau {level:level}",
    ),
    "incident said no charter": (
        "no charter says which acts are exceptions",
        "aucune charte ne dit quels actes sont des exceptions",
    ),
    "incident said idle untold": (
        "no occasion is known; nothing says whether there was one",
        "aucune occasion connue ; rien ne dit s'il y en a eu",
    ),
    "incident said early opening": (
        "only before the incident opened: {event}",
        "seulement avant l'ouverture de l'incident : {event}",
    ),
    "incident said early opening untold": (
        "only before the incident opened, as far as is known: {event}",
        "seulement avant l'ouverture de l'incident, pour autant qu'on sache : {event}",
    ),
    "incident said early level": (
        "only before the incident reached level {level:level}: {event}",
        "seulement avant que l'incident atteigne le niveau {level:level} : {event}",
    ),
    "incident said early level untold": (
        "only before the incident reached level {level:level}, as far as is known: {event}",
        (
            "seulement avant que l'incident atteigne le niveau {level:level}, pour autant qu'on "
            "sache : {event}"
        ),
    ),
    "incident said idle correct": ("no claim was false", "aucune affirmation fausse"),
    "incident said idle keep criticism": (
        "nobody else's message was taken away",
        "aucun message d'autrui n'a été retiré",
    ),
    "incident said idle never say": ("nothing was said", "rien n'a été dit"),
    "incident said idle tell the truth": ("nothing was claimed", "rien n'a été affirmé"),
    "incident said idle keep promises": ("no promise was made", "aucune promesse n'a été faite"),
    "incident said idle never contradict": (
        "nothing was claimed twice",
        "rien n'a été affirmé deux fois",
    ),
    "incident said idle ask the circuit": ("nothing was done", "rien n'a été fait"),
    "incident said doubt": (
        "due at {due}: the times are too uncertain to say",
        "échéance le {due} : les heures sont trop mal connues pour trancher",
    ),
    "incident said perhaps owed": (
        "owed by {due} if the claim was false, which is not known",
        "dû pour le {due} si l'affirmation était fausse, ce qu'on ne sait pas",
    ),
    "incident said perhaps owed since": (
        "owed by {due} if the claim was false already: {event} only says what is so from then on",
        "dû pour le {due} si l'affirmation était déjà fausse : {event} ne vaut qu'à partir de là",
    ),
    "incident said perhaps bound": (
        "{event} may have come before the duty began",
        "{event} est peut-être venu avant que le devoir commence",
    ),
    "incident said perhaps known": (
        (
            "{fact:fact} promised to be {given} at {due}, and it was {really}, "
            "which may have been known before the duty began"
        ),
        (
            "{fact:fact} promis {given} pour le {due}, et c'était {really}, "
            "ce qu'on savait peut-être avant que le devoir commence"
        ),
    ),
    "incident said criticism kept": (
        "{act}: {about} is not criticism",
        "{act} : {about} n'est pas une critique",
    ),
    "incident said criticism breached": (
        "{act}: {about} is criticism",
        "{act} : {about} est une critique",
    ),
    "incident said criticism back breached": (
        "{act}: {about} is criticism; taken back by {undoer} at {back}",
        "{act} : {about} est une critique ; annulé par {undoer} le {back}",
    ),
    "incident said criticism over breached": (
        "{act}: {about} is criticism; over by itself at {back}",
        "{act} : {about} est une critique ; terminé de soi-même le {back}",
    ),
    "incident said criticism unknown": (
        "{act}: not known whether {about} is criticism",
        "{act} : on ne sait pas si {about} est une critique",
    ),
    "incident said criticism of what unknown": (
        "{act}: nobody says of which message",
        "{act} : personne ne dit de quel message",
    ),
    "incident said words kept": (
        "nothing on the list in {event}",
        "rien de la liste dans {event}",
    ),
    "incident said words breached": ("{event} says {words}", "{event} dit {words}"),
    "incident said words unknown": (
        "the text of {event} is not known",
        "le texte de {event} n'est pas connu",
    ),
    "incident said label unknown": (
        "nothing on the list in {event}, but nobody says whether it is {words}",
        "rien de la liste dans {event}, mais personne ne dit si c'est {words}",
    ),
    "incident said label bad unknown": (
        "nothing on the list in {event}, but {words} says {given}, which is not yes or no",
        "rien de la liste dans {event}, mais {words} dit {given}, ni oui ni non",
    ),
    "incident said flag kept": ("{event} is not {words}", "{event} n'est pas {words}"),
    "incident said flag breached": ("{event} is {words}", "{event} est {words}"),
    "incident said flag unknown": (
        "nobody says whether {event} is {words}",
        "personne ne dit si {event} est {words}",
    ),
    "incident said flag bad unknown": (
        "{words} of {event} says {given}, which is not yes or no",
        "{words} de {event} dit {given}, ni oui ni non",
    ),
    "incident said claim kept": (
        "{fact:fact} claimed to be {given}, as it was",
        "{fact:fact} donné pour {given}, ce qui était vrai",
    ),
    "incident said claim breached": (
        "{fact:fact} claimed to be {given}, when it was {really}",
        "{fact:fact} donné pour {given}, alors que c'était {really}",
    ),
    "incident said claim unknown": (
        "{fact:fact} claimed to be {given}: not known whether it was",
        "{fact:fact} donné pour {given} : on ne sait pas si c'était vrai",
    ),
    "incident said agreement kept": (
        "{fact:fact} claimed to be {given}, the same as in {before}, true or not",
        "{fact:fact} donné pour {given}, comme dans {before}, que ce soit vrai ou non",
    ),
    "incident said contradiction breached": (
        "{fact:fact} claimed to be {given}, against {before}",
        "{fact:fact} donné pour {given}, à l'inverse de {before}",
    ),
    "incident said contradiction unknown": (
        "{fact:fact} claimed to be {given}, perhaps against {before}",
        "{fact:fact} donné pour {given}, peut-être à l'inverse de {before}",
    ),
    "incident said change kept": (
        "{fact:fact} claimed to be {given}, as {shown} says, which came after {before}",
        "{fact:fact} donné pour {given}, ce que dit {shown}, venu après {before}",
    ),
    "incident said correction kept": (
        "{fact:fact} claimed to be {given}: it corrects {before}",
        "{fact:fact} donné pour {given} : cela rectifie {before}",
    ),
    "incident said aside kept": (
        "{fact:fact} claimed to be {given}, as it was, but {event} does not correct {before}",
        "{fact:fact} donné pour {given}, ce qui était vrai, mais {event} ne rectifie pas {before}",
    ),
    "incident said promise kept": (
        "{fact:fact} promised to be {given} at {due}, and it was",
        "{fact:fact} promis {given} pour le {due}, et tenu",
    ),
    "incident said promise breached": (
        "{fact:fact} promised to be {given} at {due}, and it was {really}",
        "{fact:fact} promis {given} pour le {due}, et c'était {really}",
    ),
    "incident said promise unknown": (
        "{fact:fact} promised to be {given} at {due}: not known whether it was",
        "{fact:fact} promis {given} pour le {due} : on ne sait pas si c'est tenu",
    ),
    "incident said promise running unknown": (
        "{fact:fact} promised to be {given} at {due}, after the record ends",
        "{fact:fact} promis {given} pour le {due}, après la fin du journal",
    ),
    "incident said covered kept": (
        "covered by the charter: {event}",
        "couvert par la charte : {event}",
    ),
    "incident said circuit kept": (
        "seen by {circuits} first: {event}",
        "vu d'abord par {circuits} : {event}",
    ),
    "incident said circuit breached": (
        "went out without {circuits}: {event}",
        "sorti sans passer par {circuits} : {event}",
    ),
    "incident said circuit unknown": (
        "had to go through {circuits}; whether that happened is not known: {event}",
        "à passer par le circuit {circuits}, sans qu'on sache si c'est fait : {event}",
    ),
    "incident said ruling unknown": (
        "not enough is known to say what the charter decides about {event}",
        "on n'en sait pas assez pour dire ce que la charte fait de {event}",
    ),
    "incident said forbidden breached": (
        "the charter forbids {event}",
        "la charte interdit {event}",
    ),
    # events
    "incident us": ("us", "nous"),
    "incident colon": (": ", " : "),
    "incident opened by": ("incident opened by {acts}", "incident ouvert par {acts}"),
    "incident quote": ("“{text}”", "« {text} »"),
    "incident inbound": ("message", "message"),
    "incident criticism": ("criticism", "critique"),
    "incident alerted": ("told: {roles}", "prévenus : {roles}"),
    "incident held": ("scheduled posts held", "publications prévues suspendues"),
    "incident reviewed": ("looked back", "bilan tiré"),
    "incident claims": ("[claims {that}]", "[affirme {that}]"),
    "incident corrects": ("[says that {acts} was wrong]", "[reconnaît que {acts} était faux]"),
    "incident promises": ("[promises {that} by {by}]", "[promet {that} pour le {by}]"),
    "incident shown": ("{incident}: {state}", "{incident} : {state}"),
    "incident until": (
        "as far as known at {until}, {zone:hour}",
        "tel que connu le {until}, à l'heure {zone:hour}",
    ),
    "incident state open": ("open", "ouvert"),
    "incident state acknowledged": ("acknowledged", "reconnu"),
    "incident state contained": ("contained", "contenu"),
    "incident state resolved": ("resolved", "résolu"),
    "incident state closed": ("closed", "clos"),
    "incident state None": ("not open yet", "pas encore ouvert"),
    "incident step opened": ("incident opened", "incident ouvert"),
    "incident step acknowledged": ("incident acknowledged", "incident reconnu"),
    "incident step contained": ("incident contained", "incident contenu"),
    "incident step resolved": ("incident resolved", "incident résolu"),
    "incident step reopened": ("incident reopened", "incident rouvert"),
    "incident step closed": ("incident closed", "incident clos"),
    **{f"incident act {name}": kind.noun for name, kind in KINDS.items()},
    # what is owed now
    "incident due": (
        "{incident}: {count} owed, {late} overdue",
        "{incident} : {count} dus, {late} en retard",
    ),
    "incident due one": (
        "{incident}: {count} owed, {late} overdue",
        "{incident} : {count} dû, {late} en retard",
    ),
    "incident at": ("at {at}, {zone:hour}", "le {at}, à l'heure {zone:hour}"),
    "incident owed now": ("What is owed", "Ce qui est dû"),
    "incident escalation": ("escalated", "escalade"),
    "incident escalated": ("has gone to {role:role}", "est passé à {role:role}"),
    "incident back": ("nobody; {who} from {back} on", "personne ; {who} à partir du {back}"),
    "incident nobody": ("nobody, ever", "personne, jamais"),
    "incident unsure": (
        "not known: the hours of {who} are missing",
        "non connu : il manque les horaires de {who}",
    ),
    "incident no role": ("no role is named", "aucun rôle n'est nommé"),
    "incident undated": (
        "unknown: no calendar covers {year}",
        "inconnue : aucun calendrier ne couvre {year}",
    ),
    "incident once resolved": ("once it is resolved", "après la résolution"),
    "incident perhaps": ("perhaps: {kind}", "peut-être : {kind}"),
    "incident kind acknowledge": ("acknowledge", "reconnaître"),
    "incident kind alert": ("alert", "prévenir"),
    "incident kind answer": ("answer", "répondre"),
    "incident kind hold": ("hold posts", "suspendre"),
    "incident kind correct": ("correct", "corriger"),
    "incident kind review": ("look back", "tirer le bilan"),
    "incident kind keep promises": ("keep a promise", "tenir une promesse"),
}
