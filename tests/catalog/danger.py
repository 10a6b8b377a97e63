"""What people write when there is danger, and what only sounds like it, in two languages."""

from typing import Final

#: None of these goes out as news of a product or an event, whoever wrote it.
DANGER: Final = """
A little girl cut her hand on our toy
Someone got hurt on the slide this morning
Un monsieur s'est cassé la jambe sur notre parking
Une dame a glissé et s'est ouvert la tête
One of our drivers has broken his arm
A teenager passed out during the concert
Un spectateur a fait un arrêt cardiaque
Nos biscuits rendent les gens malades
Rendez-nous la poussette, les roues se détachent
The wheels come loose, send the pram back to us
The handle snaps off when hot
La batterie gonfle, éteignez le téléphone
Il y a des vers dans la farine
We found needles in the strawberries
Du désherbant s'est retrouvé dans le lait
Our water tastes of diesel
Un salmonelle possible dans le fromage
Nos clients nous traînent devant le tribunal
A customer is taking us to court
We have been fined two million
L'entreprise a été condamnée à payer
Le juge nous a donné tort
We lost the trial
Our lawyers have received the summons
Vos mots de passe ont été exposés
Your card numbers ended up online
Les adresses de nos clients sont en ligne
We sent your medical file to the wrong person
Someone got into our customer database
Des données personnelles ont circulé
Un manager a eu des gestes déplacés
My boss groped me at the party
She was bullied by her team for months
Un salarié dénonce des propos sexistes
A video shows our employee using a racist slur
On lui a refusé l'entrée à cause de sa couleur de peau
We refused to serve a disabled man
Plusieurs employées parlent de discrimination
Homophobic remarks by our host
Les salariés bloquent l'entrée du dépôt
The staff are out on the picket line
No one came to work, they want more pay
Les chauffeurs ne roulent pas demain, en colère
Two hundred people will lose their jobs
Our founder died last night
Nous avons perdu notre collègue Marc ce matin
The police took our director away
La police est intervenue dans nos bureaux
Officers searched our offices
Le trésorier a détourné de l'argent
The cashier ran off with the money
Faux billets en circulation
Customers were charged for things they never bought
Flames came out of the oven
De la fumée noire sort de l'entrepôt
Un enfant de six ans a été laissé seul dans le bus
A coach sent messages to underage girls
Un adolescent a disparu depuis hier
A man with a knife walked in
Un élève est venu avec un couteau
Someone left a gun in the toilets
Arme trouvée dans un carton
Pots-de-vin versés à un élu
Oil in the river after our works
Poissons retrouvés morts en aval de l'usine
Our supplier uses child labour
The dog bit a child in the shop
Le plafond est tombé sur les clients
Le lot 12 est rappelé, merci de le rapporter
Rappel consommateurs : rapportez vos lampes
Rappel important
Rappels produits en cours
Please return batch 12: risk of electric shock
Do not use our lamps: they may catch fire
Ne buvez pas l'eau
Train derailed, several wounded
Bomb threat
Shooting at the stadium
Ransomware at the hospital
Two passengers hurt
Industrial action on Monday
Produit retiré du marché
Withdrawn from the market
Undeclared peanuts in batch 12
Gas leak
Battery fire
Someone drowned
Nos sablés au beurre sont rappelés : présence possible de verre
Les poussettes vendues en mai sont rappelées par le fabricant
Notre fournisseur rappelle deux lots de jambon
Nous rappelons nos sièges auto
Petit rappel : rapportez les sablés du lot 12
We have recalled the blue mugs
The maker recalls two models of pushchair
Safety notice: stop using the red kettle
Don’t eat the biscuits sold last week
These candles must not be used
Our tins were pulled from the shelves this morning
Please check the batch number of your yoghurt
Nos peluches sont retirées de la vente
N'utilisez plus le chargeur blanc
Ne mangez pas ces champignons
Ces moules ne doivent pas être consommées
Eau impropre à la consommation
Présence de lait non déclaré dans nos biscuits
Une allergie grave est possible
Des morceaux de verre dans un bocal
Glass fragments found in our jam
Our kettle can overheat
Le chargeur peut surchauffer
Risque d'étouffement avec notre hochet
Small parts: choking hazard
Deux clients intoxiqués
Three children fell ill after lunch
Un passager grièvement touché
Une cliente blessée au rayon bricolage
Un ouvrier a perdu la vie sur le chantier
Un de nos collègues est décédé hier
A cyclist was knocked over and killed
A visitor passed away during the fair
Un enfant s'est noyé à la base de loisirs
Noyade à la piscine
Le magasin est en feu
Une trottinette a pris feu
Incendie maîtrisé à l'usine
Our warehouse is ablaze
Fuite de gaz rue des Lilas
Chlorine spill at the pool
Le toit s'est effondré
The stand collapsed
Explosion dans l'atelier
A gas bottle exploded
The building is being evacuated
Évacuation du marché de Noël
Le train a déraillé
Our ferry capsized
Crash on the ring road
Collision entre deux tramways
Alerte à la bombe au lycée
Coups de feu devant la salle
Une fusillade au centre commercial
A man was stabbed outside
Hostage situation downtown
Notre site a été piraté
Les comptes clients ont été piratés
Our account was hacked
Rançongiciel : nos caisses sont à l'arrêt
Vos données ont fuité, changez de mot de passe
Data breach: change your password
Préavis déposé pour jeudi
Débrayage à l'usine de Lyon
Les grévistes bloquent l'entrepôt
Walkout at the plant
Twelve colleagues were laid off
Suppressions de postes à Nantes
Notre boutique est en liquidation judiciaire
Harcèlement : une enquête est ouverte
The director was arrested
Épidémie de gastro au centre de vacances
Stay indoors until further notice
Mettez-vous à l'abri
Un enfant brûlé par notre bouilloire
Fumée dans le tunnel
Feu à l'entrepôt
Man shot outside the stadium
Attaque à la gare
Hack at the city hall
Lorry overturned on the bypass
A boy is missing
Un salarié écrasé par une machine
Le manège s'est renversé
Pulled from all stores as a precaution
Bring your toaster back for a refund
Les freins peuvent lâcher
Monoxyde de carbone détecté
Un piéton fauché par un camion
Colis suspect à la gare
Il ne faut pas boire l'eau du robinet
Cas de rougeole à l'école : vérifiez vos vaccins
A case of measles in our day nursery
Un cas de méningite au collège
Whooping cough at the club
La coqueluche circule dans la crèche
Tuberculose : un dépistage a lieu lundi
Grippe aviaire : nos poules sont confinées
Choléra signalé au camping
Ebola: what we know
Hépatite A liée à nos coquillages
La gale est revenue à l'internat
Du radon mesuré dans l'école
Plomb dans l'eau du quartier
Lead in the water of our fountains
Une gastro touche le centre aéré
Effets indésirables après la crème
Side effects reported by users of our cream
Il a fait une overdose aux toilettes
Mots de passe volés chez notre prestataire
Vos cartes ont été volées par un faux conseiller
Le cyclone approche, nos agences ferment
A hurricane is coming, we close at noon
Alerte rouge demain dans le Gard
Red alert: stay where you are
Coupure d'eau rue Pasteur jusqu'à 18 h
Coupures de courant dans tout le quartier
Power outage at our shops
A burst pipe, no water at the pool
Pollution de la rivière en aval
Radioactive material in a skip
Mon bébé est malade depuis votre purée
My mother is in the hospital because of you
Je veux en finir avec la vie
I want to end my life
On nous a cambriolés cette nuit
A deepfake of our manager is going round
Tempête : nos marchés sont annulés
Verglas sur la rocade, bus à l'arrêt
Canicule : les personnes âgées d'abord
Dysentery among our hikers
Du céréulide dans un lait infantile
Pesticides retrouvés dans nos œufs
""".strip().splitlines()

#: Forms of one word, of which a list that has some must have all.
FAMILIES: Final = """
rappel rappels rappelle rappellent rappelons rappelez rappelé rappelée rappelés rappelées rappeler
recall recalls recalled recalling
blessé blessée blessés blessées blesser blessure blessures
injure injured injures injury injuries
hurt hurts hurting
wound wounds wounded
mort morte morts mortes mortel mortelle meurt meurent mourir
die dies died dying dead deadly death deaths
kill kills killed killing
décès décédé décédée décédés décédées décède
tué tuée tués tuées tuer
drown drowned drowning drowns
noyé noyée noyés noyées noyade noyades
leak leaks leaked leaking leakage
explode explodes exploded exploding explosion explosions explosé explosent
derail derailed derailment déraille déraillé déraillement
evacuate evacuated evacuation évacué évacuée évacuons évacuation
incendie incendies incendié incendiée
bomb bombs bombing bombe bombes
attentat attentats
strike strikes striker strikers
grève grèves gréviste grévistes
hacked hacker hackers hacking
piratage piratages piratée piratées
allergen allergens allergène allergènes allergy allergies allergique
défectueux défectueuse defective defect defects
withdraw withdrawn withdrew withdrawal
contaminé contaminée contaminated contamination
toxic toxique toxiques toxin
collapse collapsed effondre effondré effondrement
licenciement licenciements
victim victims victime victimes
accident accidents accidenté
riot riots rioting rioters
breach breaches breached
arrest arrests arrested arrestation arrestations
stole stolen theft thefts
stab stabs stabbed stabbing
sue sues sued suing
retirons retirent retirés retirées
panne pannes
burns burned burnt brûle brûlé brûlés brûlure brûlures
rougeole rougeoles rougeoleux measles
méningite méningites meningitis méningocoque
tuberculose tuberculoses tuberculeux tuberculeuse tuberculosis
choléra choléras cholera
hépatite hépatites hepatitis
infecté infectée infectés infectées infection infections infectieux infectieuse infected infectious
contagieux contagieuse contagion contagious
gastro gastros gastroentérite gastro-entérite gastroenteritis
overdose overdoses overdosed surdose surdoses surdosage
cyclone cyclones cyclonique
ouragan ouragans hurricane hurricanes typhon typhons typhoon tornade tornades tornado tornadoes
tempête tempêtes storm storms stormy orage orages orageux
séisme séismes sismique earthquake earthquakes
pollué polluée pollués polluées pollution pollutions polluer polluted pollutes polluting pollutant
radioactif radioactive radioactivité radioactivity irradié irradiée
cambriolage cambriolages cambriolé cambriolée burglary burglaries burgled burglar
usurpé usurpée usurpation usurpations
violence violences maltraitance maltraité maltraitée
outage outages blackout blackouts délestage délestages
pénurie pénuries shortage shortages
cancer cancers cancérigène cancérogène carcinogenic
nausée nausées nauséeux nausea
épidémie épidémies epidemic epidemics pandémie pandemic
""".strip().splitlines()

#: These stay everyday: each has a word of danger, in a phrase that is nothing else.
HARMLESS: Final = """
Weapon of choice: a good whisk
Wrong colour? Send it back for free
Les enfants cousent leur doudou à l'atelier
Les flammes de la cheminée, un thé, un livre
The bitten apple pie returns
Our new jam is made from strawberries picked this morning
La boutique rouvre lundi à neuf heures
Venez couper le ruban avec nous samedi
The judges of our cake contest are here
Le jury a rendu son verdict : bravo à Léa
A court of tennis for everyone behind the shop
La cour du château est ouverte
Mot de passe oublié ? Écrivez-nous
Reset your password in two clicks
Our card game is back in stock
Nos couteaux de cuisine sont affûtés gratuitement
Chef knives at half price
Le couteau suisse de la semaine
A knife and a board for good cheese
Our jobs page has three new offers
Trente postes à pourvoir à Lyon
We hire two hundred people
Un poste de vendeur se libère
Le bus des enfants part à huit heures
Children under six come in free
Un atelier pour les adolescents mercredi
Minors must come with a parent
The trial version is free for a month
Essai gratuit pendant trente jours
Un arrêt de bus devant la boutique
Our staff pick of the week
L'équipe prend la pose
La police de caractères de notre logo change
A new font for our signs
Fish of the day: cod with lemon
Un poisson frais, pêché ce matin
Notre rivière de perles est arrivée
Oil paintings by local artists
Huile d'olive nouvelle, première pression
Our founder turns eighty today
Merci à Marc qui part à la retraite
We miss you, come back soon
La machine à café gagne un bouton
Battery included, lasts ten hours
La batterie tient dix heures
Please send us your photos
Renvoyez le coupon avant vendredi
The wheel of fortune spins at noon
Une roue de fromage à gagner
Handmade handles in oak
De l'argent et de l'or chez notre bijoutier
Silver rings by Ana
Bring the kids, the slide is open
Toboggan et châteaux gonflables
The oven is hot, bread at seven
Le four est chaud, pain à sept heures
Une robe à couper le souffle
A breath of fresh air by the river
Coloured pencils for the new school year
Skin care day with our expert
Une peau douce avec notre savon
Every colour of the rainbow
La main à la pâte, cours de cuisine
Hand in hand with our growers
Nos données de fréquentation montent
We collected data on bees with the school
The file with all our recipes is online
Un dossier complet sur le lin
Jeu-concours : trois paniers à gagner
Money back if you do not like it
La loi change, voici ce qu'il faut savoir du tri
Our lawyer friends run a half marathon
Un avocat mûr et une tranche de pain
Avocado toast all day
Vers une rentrée en douceur
Une question ? Rappelez-nous au 01 23 45 67 89
Rappelez-vous vos premières vacances
Rappelle-toi le goût de l'enfance
Cette odeur me rappelle la mer
Laissez votre numéro, on vous rappelle
Nous vous rappelons que l'entrée est libre
Petit rappel : portes ouvertes samedi
Rappel des horaires : 9 h à 18 h
Descente en rappel pour les enfants samedi
You may recall our first shop
Tonight at the open-air cinema: Total Recall
Read our return policy
Free returns within 30 days
We do not use palm oil
Mort de rire devant ce spectacle
Une nature morte à gagner
Balade dans les feuilles mortes
Victime de son succès, le sablé revient lundi
Chocolate to die for
Fire sale: everything must go
We had a blast at our party
Come and have a blast on Saturday
Une explosion de saveurs
An explosion of flavour
Shooting photo offert samedi
Watch the shooting stars with us
A new bath bomb for the winter
Atelier bombes de bain
Join our hackathon
Our leak-proof bottle is back
Un pot-au-feu pour dimanche
Strike a pose in our photo booth
A crash course in pottery
Murder party au château
A new rear derailleur in the shop
Goûter de pirates samedi
Crêpes au coin du feu
Café de la brûlerie du port
On attaque la rentrée en musique
An espresso shot on the house
Tarte aux noix et table en noyer
Feel blessed by the spring light
Crème brûlée et truite fumée au menu
Feu d'artifice à 23 h
See you on Tuesday for the mortgage workshop
A hospitality evening with striking lights
Une soirée gastronomique en terrasse
Menu gastro à prix doux
Un truc de malade : trois glaces pour deux
Le Malade imaginaire, samedi au théâtre
Courez avec nous contre le cancer
Vaccinez-vous contre la grippe
La coqueluche des tout-petits est de retour
Sa bonne humeur contagieuse nous manquait
Our new jacket takes the town by storm
Une avalanche de cadeaux pour Noël
Des légumes sans pesticides
Pesticide-free apples
Un savon non polluant
Buvez plus d'eau cet été
De l'eau gazeuse ou sans gaz ?
Notre plombier préféré a vingt ans
Soldats de plomb à collectionner
Nos dahlias et leurs tubercules
Hearing aids and band-aids
Le drone vole au-dessus du lac
Un vol de nuit en montgolfière
Nos volets sont bleus
Des carottes crues et une sauce
Coup de foudre à l'atelier
La rage de vaincre de notre équipe
Le virage de la rue est refait
A stroke of genius by Ana
Inscription et radiation des listes électorales
""".strip().splitlines()

#: These are harmless and still read by somebody: their words are those of danger as well.
DOUBTFUL: Final = """
Rappel : réunion demain
A blast at our party
Our new range is on fire
We are drowning in orders
Aucun risque de s'ennuyer samedi
Rapportez vos bouteilles consignées
May contain traces of nuts
Please return the form by Monday
Allergènes : voir la fiche en boutique
Après la pluie, l'orage de notes de l'orchestre
A perfect recipe for flu season
""".strip().splitlines()
