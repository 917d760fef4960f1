"""Given names that are common in English, German, French, Spanish and Italian speaking countries and no other word."""

# ruff: noqa: E501 (lists read best whole)

from __future__ import annotations

GIVEN = frozenset(
    """
aaron adam adrian agnes alan albert alejandra alejandro alessandra alessandro alessia alex alexander alexandra alexandre
alfredo alice alicia alina alison amanda amelia amy ana andrea andreas andrew andré andrés angela angelika angelo anita
anja anke ann anna anne annette annika anthony antoine anton antonella antonia antonio arnaud arthur astrid aurélie
barbara beate beatrice beatriz ben benedikt benjamin benoît bernard bernd bettina birgit björn brian bruno caitlin
camille carla carlo carlos carmen carolina caroline catherine cécile charles charlotte chiara chloé chris christa
christian christiane christina christine christoph christophe christopher claire clara claudia claudio clément cláudia
concepción corinna cornelia cristina daniel daniela daniele danielle dariusz david debora deborah denis denise diana
didier diego dieter dirk dominik dominique donna dora dorothea doris eberhard edith eduardo edward elena eleonora
elisa elisabeth elizabeth ella ellen emanuele emil emilia emily emma enrico enrique eric erik erika ernst esther eugen
eva evelyn fabian fabien fabio fatima federica federico felipe felix ferdinand fernando filippo florence florian
francesca francesco francis francisco franck françois françoise franz frederik friedrich frédéric gabriel gabriela
gabriele gareth gary georg george gerald gerard gerhard gertrud gianluca gianni giorgia giorgio giovanna giovanni giulia
giulio giuseppe gloria gonzalo gordon graham gregor guido guillaume gunther gustav günter hannah hannes hans harald
harry heather hector heidi heike heinrich heinz helen helena helga helmut henri henrik henry herbert hermann hilde holger
hugo ian ibrahim ignacio ilaria ines inés inge ingo ingrid irene iris isabel isabella isabelle ivan jack jacob jacqueline
jacques jaime jakob james jan jane janet janina jasmin jason javier jean jeff jeffrey jennifer jens jeremy jessica jesús
joachim joan joanna joaquín jochen johan johann johanna johannes john jonas jonathan jordi jorge josef joseph josé
joshua juan judith julia julian juliane julie julien jürgen karen karin karina karl karla karsten katharina katherine
kathleen kathrin katja keith kenneth kerstin kevin klara klaus kristin kurt lars laura laurence laurent lea leah lena
leonardo leonie lilly linda lisa lorena lorenzo louis louise luca lucas lucia luciano lucie lucía ludwig luigi luis luisa
lukas lydia léa madeleine magdalena manfred manuel manuela marc marcel marcello marcus margaret margarita margherita
maria marianne marie marina mario marion markus marlene marta martha martin martina mary massimo mateo mathias mathieu
mathilde matteo matthew matthias maurizio max maximilian maxime megan melanie melissa mercedes mia michael michaela michel
michela michele michelle miguel mike mirko mohamed mohammed monica monika monique moritz mónica nadia nadine natalia
natalie nathalie nathan nicola nicolas nicole niklas nina nora norbert nuria olaf oliver olivia olivier oscar otto pablo
paola paolo pascal patricia patrick patrizia paul paula pauline pedro peter petra philip philipp philippe pierre pietro
pilar rachel rafael raffaele rainer ralf ramón raquel raúl rebecca regina renate renaud ricardo riccardo richard rita
robert roberta roberto robin rocío roger roland rolf romain roman rosario rosemarie rossella rudolf ruth rüdiger sabine
sabrina salvatore samantha samuel sandra sandrine sara sarah sascha sebastian sergio severin sharon silke silvia simon
simona simone sofia sonia sonja sophia sophie stefan stefania stefanie stefano steffen stephan stephanie stephen steven
susan susana susanna susanne susie sven sylvia sylvie sébastien tamara tanja teresa theo theresa thierry thomas thorsten
tiffany tim tobias tom tommaso torsten udo ulrich ulrike ursula ute uwe valentin valentina valeria valerie vanessa vera
verena veronica victor victoria vincent vincenzo virginie viviane volker walter wendy werner wilhelm william wolfgang
xavier yannick yves yvonne zoe álvaro élodie émilie éric óscar
""".split()
)
