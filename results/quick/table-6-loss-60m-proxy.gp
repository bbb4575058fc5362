# Loss against training tokens, one line a method. Data: table-6-loss-60m-proxy.dat
set terminal svg size 800,460 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-6-loss-60m-proxy.svg'
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
set xrange [0:2.196028]; set yrange [3.899968825191957:5.737464492276305]
set xtics ('0' 0.0, '0.5' 0.5, '1' 1.0, '1.5' 1.5, '2' 2.0)
set ytics ('4' 4.0, '4.5' 4.5, '5' 5.0, '5.5' 5.5)
set arrow 1 from screen 0.76500,0.16860 to screen 0.79250,0.27826 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'Smaller r, δ = 0.03' at screen 0.79750,0.27826 left
set arrow 2 from screen 0.76500,0.17344 to screen 0.79250,0.31522 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'r, δ = 0.01' at screen 0.79750,0.31522 left
set arrow 3 from screen 0.76500,0.16661 to screen 0.79250,0.24130 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'r, δ = 0.03' at screen 0.79750,0.24130 left
set arrow 4 from screen 0.76500,0.15697 to screen 0.79250,0.16739 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'r, δ = 0.05' at screen 0.79750,0.16739 left
set arrow 5 from screen 0.76500,0.15553 to screen 0.79250,0.13043 nohead lw 1.2 dt (12,3,2,3) lc rgb '#D55E00'
set label 5 'Larger r, δ = 0.03' at screen 0.79750,0.13043 left
set arrow 6 from screen 0.76500,0.24748 to screen 0.79250,0.35217 nohead lw 1.2 dt (8,3,2,3,2,3) lc rgb '#CC79A7'
set label 6 'r = 0, δ = 0.1' at screen 0.79750,0.35217 left
set arrow 7 from screen 0.76500,0.15863 to screen 0.79250,0.20435 nohead lw 1.2 dt (16,3,6,3) lc rgb '#56B4E9'
set label 7 'r = 0, same Param' at screen 0.79750,0.20435 left
plot 'table-6-loss-60m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'table-6-loss-60m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'table-6-loss-60m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1.8 dt (6,3) lc rgb '#009E73', \
  'table-6-loss-60m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1.8 dt (2,3) lc rgb '#0072B2', \
  'table-6-loss-60m-proxy.dat' index 4 using ($1/1000000.0):2 with lines lw 1.8 dt (12,3,2,3) lc rgb '#D55E00', \
  'table-6-loss-60m-proxy.dat' index 5 using ($1/1000000.0):2 with lines lw 1.8 dt (8,3,2,3,2,3) lc rgb '#CC79A7', \
  'table-6-loss-60m-proxy.dat' index 6 using ($1/1000000.0):2 with lines lw 1.8 dt (16,3,6,3) lc rgb '#56B4E9'
