"""First names that are common in the city, for the hint "contains a name?" only: folded, without those that are also words."""

from __future__ import annotations

from typing import Final

_FIRST_NAMES_TEXT: Final = """
aaliyah abdul abdullah achim adam adele adnan agnes agnieszka ahmad ahmed aida aisha aische ala alejandra aleksandra
alena alexandra alexandre ali alina aline alisa amina amir amira anastasia anastasiia andrea andreas andrzej angelika
anita anja anke anna annabel anne annegret anneliese annette annika antje anton antonia arash arne artur aslan astrid
ayse aysel aylin ayten aziz barbara bartosz bashar beate bekir bente bernd bernhard bertha bianca birgit bjoern
bogdan britta brigitte burak carina carla carmen carolin caroline carsten cem cengiz charlotte christa christel
christiane christina christine christoph claudia claus clara cornelia czeslaw dagmar daniel daniela danuta dariusz
deniz detlef dieter dietmar dilara dimitri dimitrios dmitri dmytro dominik doris dorothea edeltraud edith ekaterina
elena elfriede elias elif elisabeth elke ella ellen elvira emily emine emma emre erdal erika erkan erna esra esther
eva ewa fabian farid faruk fatima fatma felix ferdinand ferhat fiona florian franziska frauke friederike friedrich
gabriele galina georg gerda gerhard gerlinde gertrud gisela giulia giuseppe greta grzegorz gudrun guenter guenther
gudula guido gustav hakan halil halina hamza hanna hannah hannelore hannes hans harald hasan hassan heidi heike heiko
heiner heinrich heinz helga helmut hendrik herbert hermann hildegard hiltrud holger horst huelya hueseyin hussein
ibrahim ida ilse imke ines inge ingeborg ingo ingrid inken ioannis irena irene irina irmgard isabel isabell ismail
ivan iwona jakob jamal jan jana janina janine jannik jaroslaw jens jerzy jessica joachim joanna johann johanna
johannes jolanta jonas jonathan joerg jozef julia julian julius jutta juergen kadir karin karl karla karolina
karsten katarina katarzyna kateryna katharina kathrin katja katrin kemal kerstin khaled kirsten klara klaus konrad
konstantin krystyna krzysztof lara larissa lars laura leila lena leon leonie lidia lieselotte lilli lina linda lisa
lothar louisa ludwig luisa lukas lutz lydia magda magdalena mahmoud maja malgorzata malte manfred manuel manuela
marcel marcin marcus marek maren margarete margot maria mariam marianne mariusz markus marlene marlies marta martha
martin martina marvin maryam mathias mathilde matthias maximilian mechthild mehmet meike melanie melek merle meryem
metin mia michael michaela michal mikhail milan milena mina miriam mirko mohamed mohammad mohammed monika moritz
muhammad murat musa mustafa mykola nadia nadine nadja natalia natalie nataliya natascha nazan nele nicole niels
nihat niklas nikolai nikos nina nils nora norbert nour nuray oksana olaf oleg oleksandr olena olga oliver omar omer
orhan osman oskar otto ozlem pascal patricia patrick patrizia paula pauline pavel petra philipp pia pierre piotr
rafael rainer ralf ramona recep regina reiner reinhard reinhold renate rita roland rolf ronja roswitha rudolf ruth
sabine sabrina said samira samuel sandra saskia sebastian selin selma semra serap sergej sergio serhii serkan sevgi
sibylle siegfried sigrid silke silvia simone sinan slawomir sofia sonja sophia sophie stanislaw stefan stefanie
steffen stephan stephanie susanne suleyman suzanne svenja svetlana swetlana sylvia sven tanja tarek tatjana tatiana
thea theresa theodor thomas thorsten tobias tomasz torsten traute udo ulrich ulrike ulla ursula ute uwe valentina
vanessa vera verena veronika viktor viktoria vitali vladimir volker volodymyr waltraud walter wanda werner wiebke
wilfried wilhelm winfried wladimir wojciech wolfgang yasemin yasmin yildiz yulia yusuf yuri yuliia zahra zehra
zeynep zofia
"""
FIRST_NAMES: Final = frozenset(_FIRST_NAMES_TEXT.split())
"""Lower case, umlauts as ae, oe, ue, accents left out."""
