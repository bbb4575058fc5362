# Perplexity against learning rate: what the search found. Data: audit-learning-rates.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'audit-learning-rates.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.09500; set rmargin at screen 0.73750
set bmargin at screen 0.12727; set tmargin at screen 0.85909
set label 101 'Perplexity against learning rate: what the search found' at screen 0.02000,0.95455 font ',15'
set label 102 'On the tuning split after 25 % of the final steps, one seed; rings: the rate of the paper, where it was tried.' at screen 0.02000,0.90455 font ',12' textcolor rgb '#555555'
set xlabel 'Learning rate'
set ylabel 'Perplexity on the tuning split' offset 0.5,0
set xrange [0.0003:0.3]; set yrange [58.975568737889844:514.8543231012802]
set xtics ('0.0003' 0.0003, '0.001' 0.001, '0.003' 0.003, '0.01' 0.01, '0.03' 0.03, '0.1' 0.1, '0.3' 0.3)
set ytics ('70' 70.0, '100' 100.0, '150' 150.0, '200' 200.0, '300' 300.0, '500' 500.0)
set logscale y
set logscale x
set arrow 1 from screen 0.52583,0.57214 to screen 0.76750,0.59093 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Full-Rank' at screen 0.77250,0.59093 left
set arrow 2 from screen 0.63782,0.25526 to screen 0.76750,0.27762 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'Low-Rank, zero B' at screen 0.77250,0.27762 left
set arrow 3 from screen 0.42365,0.57109 to screen 0.76750,0.55230 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'Low-Rank, Xavier' at screen 0.77250,0.55230 left
set arrow 4 from screen 0.52583,0.69465 to screen 0.76750,0.67787 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'Low-Rank, CoLA start' at screen 0.77250,0.67787 left
set arrow 5 from screen 0.52583,0.69972 to screen 0.76750,0.71650 nohead lw 1.2 dt (12,3,2,3) lc rgb '#D55E00'
set label 5 'Low-Rank, SVD start' at screen 0.77250,0.71650 left
set arrow 6 from screen 0.63782,0.22518 to screen 0.76750,0.16171 nohead lw 1.2 dt (8,3,2,3,2,3) lc rgb '#CC79A7'
set label 6 'ReLoRA' at screen 0.77250,0.16171 left
set arrow 7 from screen 0.63782,0.25593 to screen 0.76750,0.31626 nohead lw 1.2 dt (16,3,6,3) lc rgb '#56B4E9'
set label 7 'ReLoRA, as shipped' at screen 0.77250,0.31626 left
set arrow 8 from screen 0.74000,0.22894 to screen 0.76750,0.20035 nohead lw 1.2 dt solid lc rgb '#777777'
set label 8 'GaLore' at screen 0.77250,0.20035 left
set arrow 9 from screen 0.63782,0.22961 to screen 0.76750,0.23898 nohead lw 1.2 dt (12,4) lc rgb '#000000'
set label 9 'SLTrain' at screen 0.77250,0.23898 left
plot 'audit-learning-rates.dat' index 0 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt solid lc rgb '#000000', \
  'audit-learning-rates.dat' index 1 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'audit-learning-rates.dat' index 2 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (6,3) lc rgb '#009E73', \
  'audit-learning-rates.dat' index 3 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (2,3) lc rgb '#0072B2', \
  'audit-learning-rates.dat' index 4 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,3,2,3) lc rgb '#D55E00', \
  'audit-learning-rates.dat' index 5 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (8,3,2,3,2,3) lc rgb '#CC79A7', \
  'audit-learning-rates.dat' index 6 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (16,3,6,3) lc rgb '#56B4E9', \
  'audit-learning-rates.dat' index 7 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt solid lc rgb '#777777', \
  'audit-learning-rates.dat' index 8 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,4) lc rgb '#000000', \
  '+' using (0.001):(220.31952247158526) every ::0::0 with points pt 6 ps 1.7 lw 1.6 lc rgb '#000000', \
  '+' using (0.01):(86.15168688386926) every ::0::0 with points pt 6 ps 1.7 lw 1.6 lc rgb '#777777', \
  '+' using (0.003):(104.75712535476177) every ::0::0 with points pt 6 ps 1.7 lw 1.6 lc rgb '#000000'
