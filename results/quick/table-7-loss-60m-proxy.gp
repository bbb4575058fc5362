# Loss against training tokens, one line a method. Data: table-7-loss-60m-proxy.dat
set terminal svg size 800,460 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-7-loss-60m-proxy.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.08750; set rmargin at screen 0.76250
set bmargin at screen 0.12174; set tmargin at screen 0.86522
set label 101 'Training loss, 60M proxy, scale quick' at screen 0.08750,0.95652 font ',15'
set label 102 'Final runs at the chosen rates, mean of 3 seeds, each point the mean of a stretch of updates.' at screen 0.08750,0.90870 font ',12' textcolor rgb '#555555'
set xlabel 'Training tokens seen (10⁶)'
set ylabel 'Training loss (nats a token)' offset 0.5,0
set xrange [0:2.196028]; set yrange [3.8538862302142456:5.174127972007721]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set ytics ('4' 4.0, '4.2' 4.2, '4.4' 4.4, '4.6' 4.6000000000000005, '4.8' 4.800000000000001, '5' 5.0)
set arrow 1 from screen 0.76500,0.15553 to screen 0.79250,0.13114 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Full-Rank' at screen 0.79750,0.13114 left
set arrow 2 from screen 0.76500,0.21011 to screen 0.79250,0.24200 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'SLTrain, δ = 0.03' at screen 0.79750,0.24200 left
set arrow 3 from screen 0.76500,0.19725 to screen 0.79250,0.20505 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'SLTrain, δ = 0.05' at screen 0.79750,0.20505 left
set arrow 4 from screen 0.76500,0.18339 to screen 0.79250,0.16809 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'SLTrain, δ = 0.1' at screen 0.79750,0.16809 left
plot 'table-7-loss-60m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'table-7-loss-60m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'table-7-loss-60m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1.8 dt (6,3) lc rgb '#009E73', \
  'table-7-loss-60m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1.8 dt (2,3) lc rgb '#0072B2'
