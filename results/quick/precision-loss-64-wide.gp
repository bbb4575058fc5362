# Loss against training tokens, one line a method. Data: precision-loss-64-wide.dat
set terminal svg size 800,460 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'precision-loss-64-wide.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.08750; set rmargin at screen 0.76250
set bmargin at screen 0.12174; set tmargin at screen 0.86522
set label 101 'Training loss, 64 wide, scale quick' at screen 0.08750,0.95652 font ',15'
set label 102 'Final runs at the chosen rates, mean of 3 seeds, each point the mean of a stretch of updates.' at screen 0.08750,0.90870 font ',12' textcolor rgb '#555555'
set xlabel 'Training tokens seen (10³)'
set ylabel 'Training loss (nats a token)' offset 0.5,0
set xrange [0:798.943]; set yrange [3.956449823173096:5.925011265908203]
set xtics ('0' 0.0, '100' 100.0, '200' 200.0, '300' 300.0, '400' 400.0, '500' 500.0, '600' 600.0, '700' 700.0)
set ytics ('4' 4.0, '4.5' 4.5, '5' 5.0, '5.5' 5.5)
set arrow 1 from screen 0.76500,0.26010 to screen 0.79250,0.50000 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Full-Rank, fp32' at screen 0.79750,0.50000 left
set arrow 2 from screen 0.76500,0.31089 to screen 0.79250,0.61087 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'Full-Rank, bf16, rounded after each operation' at screen 0.79750,0.61087 left
set arrow 3 from screen 0.76500,0.29541 to screen 0.79250,0.53696 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'Full-Rank, bf16, rounded once' at screen 0.79750,0.53696 left
set arrow 4 from screen 0.76500,0.24435 to screen 0.79250,0.42609 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'Full-Rank, bf16, stochastic rounding' at screen 0.79750,0.42609 left
set arrow 5 from screen 0.76500,0.24450 to screen 0.79250,0.46304 nohead lw 1.2 dt (12,3,2,3) lc rgb '#D55E00'
set label 5 'Full-Rank, fp32, 8-bit moments' at screen 0.79750,0.46304 left
set arrow 6 from screen 0.76500,0.30443 to screen 0.79250,0.57391 nohead lw 1.2 dt (8,3,2,3,2,3) lc rgb '#CC79A7'
set label 6 'Full-Rank, bf16, 8-bit moments, per layer' at screen 0.79750,0.57391 left
set arrow 7 from screen 0.76500,0.16797 to screen 0.79250,0.20435 nohead lw 1.2 dt (16,3,6,3) lc rgb '#56B4E9'
set label 7 'GaLore, fp32' at screen 0.79750,0.20435 left
set arrow 8 from screen 0.76500,0.17203 to screen 0.79250,0.35217 nohead lw 1.2 dt solid lc rgb '#777777'
set label 8 'GaLore, bf16, 8-bit moments, per layer' at screen 0.79750,0.35217 left
set arrow 9 from screen 0.76500,0.16928 to screen 0.79250,0.24130 nohead lw 1.2 dt (12,4) lc rgb '#000000'
set label 9 'SLTrain, fp32' at screen 0.79750,0.24130 left
set arrow 10 from screen 0.76500,0.16928 to screen 0.79250,0.27826 nohead lw 1.2 dt (6,3) lc rgb '#E69F00'
set label 10 'SLTrain, fp32, per layer' at screen 0.79750,0.27826 left
set arrow 11 from screen 0.76500,0.16928 to screen 0.79250,0.31522 nohead lw 1.2 dt (2,3) lc rgb '#009E73'
set label 11 'SLTrain, fp32, per layer, activation checkpointing' at screen 0.79750,0.31522 left
set arrow 12 from screen 0.76500,0.16233 to screen 0.79250,0.13043 nohead lw 1.2 dt (12,3,2,3) lc rgb '#0072B2'
set label 12 'SLTrain, bf16, rounded after each operation' at screen 0.79750,0.13043 left
set arrow 13 from screen 0.76500,0.17385 to screen 0.79250,0.38913 nohead lw 1.2 dt (8,3,2,3,2,3) lc rgb '#D55E00'
set label 13 'SLTrain, bf16, stochastic rounding' at screen 0.79750,0.38913 left
set arrow 14 from screen 0.76500,0.16468 to screen 0.79250,0.16739 nohead lw 1.2 dt (16,3,6,3) lc rgb '#CC79A7'
set label 14 'SLTrain, bf16, 8-bit moments, per layer' at screen 0.79750,0.16739 left
plot 'precision-loss-64-wide.dat' index 0 using ($1/1000.0):2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'precision-loss-64-wide.dat' index 1 using ($1/1000.0):2 with lines lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'precision-loss-64-wide.dat' index 2 using ($1/1000.0):2 with lines lw 1.8 dt (6,3) lc rgb '#009E73', \
  'precision-loss-64-wide.dat' index 3 using ($1/1000.0):2 with lines lw 1.8 dt (2,3) lc rgb '#0072B2', \
  'precision-loss-64-wide.dat' index 4 using ($1/1000.0):2 with lines lw 1.8 dt (12,3,2,3) lc rgb '#D55E00', \
  'precision-loss-64-wide.dat' index 5 using ($1/1000.0):2 with lines lw 1.8 dt (8,3,2,3,2,3) lc rgb '#CC79A7', \
  'precision-loss-64-wide.dat' index 6 using ($1/1000.0):2 with lines lw 1.8 dt (16,3,6,3) lc rgb '#56B4E9', \
  'precision-loss-64-wide.dat' index 7 using ($1/1000.0):2 with lines lw 1.8 dt solid lc rgb '#777777', \
  'precision-loss-64-wide.dat' index 8 using ($1/1000.0):2 with lines lw 1.8 dt (12,4) lc rgb '#000000', \
  'precision-loss-64-wide.dat' index 9 using ($1/1000.0):2 with lines lw 1.8 dt (6,3) lc rgb '#E69F00', \
  'precision-loss-64-wide.dat' index 10 using ($1/1000.0):2 with lines lw 1.8 dt (2,3) lc rgb '#009E73', \
  'precision-loss-64-wide.dat' index 11 using ($1/1000.0):2 with lines lw 1.8 dt (12,3,2,3) lc rgb '#0072B2', \
  'precision-loss-64-wide.dat' index 12 using ($1/1000.0):2 with lines lw 1.8 dt (8,3,2,3,2,3) lc rgb '#D55E00', \
  'precision-loss-64-wide.dat' index 13 using ($1/1000.0):2 with lines lw 1.8 dt (16,3,6,3) lc rgb '#CC79A7'
