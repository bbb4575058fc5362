# Tokens a second by model and method. Data: bench.dat
set terminal svg size 1000,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'bench.svg'
set title 'Tokens a second of training over those of Full-Rank, whole updates in fp32'
set style data histogram
set style histogram clustered gap 1
set style fill solid 0.85 border rgb '#ffffff'
set datafile missing '?'
set border 3 lc rgb '#444444'
set tics nomirror
set grid ytics lc rgb '#dddddd' lt 1
set yrange [0:*]
set bmargin 5
set xtics ("60M\n8 x 256 tokens\nFull-Rank: 670/s" 0, "130M\n8 x 256 tokens\nFull-Rank: 240/s" 1, "350M\n4 x 256 tokens\nFull-Rank: 91.5/s" 2, "1B\n4 x 256 tokens\nFull-Rank: 24.7/s" 3)
set arrow 1 from graph 0, first 1 to graph 1, first 1 nohead lc rgb '#444444' dt 2
set ylabel 'times as many as Full-Rank'
set key outside right top
plot 'bench.dat' using 3 title 'Full-Rank' lc rgb '#000000', \
  'bench.dat' using 4 title 'SLTrain' lc rgb '#E69F00', \
  'bench.dat' using 5 title 'SLTrain densified' lc rgb '#009E73', \
  'bench.dat' using 6 title 'Low-Rank' lc rgb '#0072B2', \
  'bench.dat' using 7 title 'GaLore' lc rgb '#D55E00', \
  'bench.dat' using 8 title 'ReLoRA' lc rgb '#CC79A7'
