# Tokens a second by model and method. Data: bench.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'bench.svg'
set title 'Training tokens a second, whole updates in fp32'
set style data histogram
set style histogram clustered gap 1
set style fill solid 0.85 border rgb '#ffffff'
set datafile missing '?'
set border 3 lc rgb '#444444'
set tics nomirror
set grid ytics lc rgb '#dddddd' lt 1
set logscale y
set ylabel 'tokens a second'
set key outside right top
plot 'bench.dat' using 2:xtic(1) title 'Full-Rank' lc rgb '#000000', \
  'bench.dat' using 3:xtic(1) title 'SLTrain' lc rgb '#E69F00', \
  'bench.dat' using 4:xtic(1) title 'SLTrain densified' lc rgb '#009E73', \
  'bench.dat' using 5:xtic(1) title 'Low-Rank' lc rgb '#0072B2', \
  'bench.dat' using 6:xtic(1) title 'GaLore' lc rgb '#D55E00', \
  'bench.dat' using 7:xtic(1) title 'ReLoRA' lc rgb '#CC79A7'
