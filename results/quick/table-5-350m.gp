# Inference of 350M. Data: table-5-350m.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-5-350m.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.09500; set rmargin at screen 0.73750
set bmargin at screen 0.12727; set tmargin at screen 0.85909
set label 101 'Inference of 350M' at screen 0.02000,0.95455 font ',15'
set label 102 'Forward passes, medians of 3 rounds, 2 threads.' at screen 0.02000,0.90455 font ',12' textcolor rgb '#555555'
set xlabel 'Tokens a batch'
set ylabel 'Tokens a second' offset 0.5,0
set xrange [16.0:2048.0]; set yrange [14.937226771282022:699.4068806883947]
set xtics ('16' 16.0, '64' 64.0, '256' 256.0, '1024' 1024.0, '2048' 2048.0)
set ytics ('20' 20.0, '50' 50.0, '100' 100.0, '200' 200.0, '500' 500.0)
set logscale y
set logscale x
set arrow 1 from screen 0.74000,0.68596 to screen 0.76750,0.68276 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Full-Rank' at screen 0.77250,0.68276 left
set arrow 2 from screen 0.74000,0.79695 to screen 0.76750,0.79695 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'SLTrain' at screen 0.77250,0.79695 left
set arrow 3 from screen 0.74000,0.67204 to screen 0.76750,0.64413 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'SLTrain, densified' at screen 0.77250,0.64413 left
set arrow 4 from screen 0.74000,0.69029 to screen 0.76750,0.72140 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'SLTrain, merged' at screen 0.77250,0.72140 left
plot 'table-5-350m.dat' index 0 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt solid lc rgb '#000000', \
  'table-5-350m.dat' index 1 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'table-5-350m.dat' index 2 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (6,3) lc rgb '#009E73', \
  'table-5-350m.dat' index 3 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (2,3) lc rgb '#0072B2'
