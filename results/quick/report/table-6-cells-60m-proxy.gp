# Loss against training tokens of every run, a panel a row. Data: table-6-cells-60m-proxy.dat
set terminal svg size 880,696 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'table-6-cells-60m-proxy.svg'
set multiplot
unset key
set border 3 lc rgb '#444444'
set tics nomirror scale 0.6
set grid lc rgb '#dddddd' lt 1
set xrange [0:2.198315]; set yrange [3.8729233035532014:5.818038636793105]
set xtics ('0' 0.0, '1' 1.0, '2' 2.0) font ',12'
set ytics ('4' 4.0, '4.5' 4.5, '5' 5.0, '5.5' 5.5) font ',12'
set label 90 'Training loss (nats a token) of every run, 60M proxy, scale quick' at screen 0.05227,0.97701 font ',15'
set label 91 'Training tokens seen (10⁶)' at screen 0.5,0.02299 center
set arrow 1 from screen 0.05227,0.93966 to screen 0.08182,0.93966 nohead lw 1.6 lc rgb '#0072B2'
set label 92 'final runs, one line a seed' at screen 0.08864,0.93966 font ',12'
set arrow 2 from screen 0.30477,0.93966 to screen 0.33432,0.93966 nohead lw 1 lc rgb '#999999'
set label 93 'the search for the rate' at screen 0.34114,0.93966 font ',12'
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.66379; set tmargin at screen 0.87356
set label 1 'Smaller r, δ = 0.03' at screen 0.05227,0.88793
plot 'table-6-cells-60m-proxy.dat' index 0 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 1 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 2 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 3 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 4 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 5 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 6 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.38561; set rmargin at screen 0.65303
set bmargin at screen 0.66379; set tmargin at screen 0.87356
set label 1 'r, δ = 0.01' at screen 0.38561,0.88793
plot 'table-6-cells-60m-proxy.dat' index 7 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 8 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 9 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 10 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 11 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 12 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 13 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.71894; set rmargin at screen 0.98636
set bmargin at screen 0.66379; set tmargin at screen 0.87356
set label 1 'r, δ = 0.03' at screen 0.71894,0.88793
plot 'table-6-cells-60m-proxy.dat' index 14 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 15 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 16 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 17 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 18 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 19 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 20 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.38218; set tmargin at screen 0.59195
set label 1 'r, δ = 0.05' at screen 0.05227,0.60632
plot 'table-6-cells-60m-proxy.dat' index 21 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 22 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 23 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 24 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 25 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 26 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 27 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.38561; set rmargin at screen 0.65303
set bmargin at screen 0.38218; set tmargin at screen 0.59195
set label 1 'Larger r, δ = 0.03' at screen 0.38561,0.60632
plot 'table-6-cells-60m-proxy.dat' index 28 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 29 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 30 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 31 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 32 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 33 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 34 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.71894; set rmargin at screen 0.98636
set bmargin at screen 0.38218; set tmargin at screen 0.59195
set label 1 'r = 0, δ = 0.1' at screen 0.71894,0.60632
plot 'table-6-cells-60m-proxy.dat' index 35 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 36 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 37 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 38 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 39 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 40 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 41 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
set lmargin at screen 0.05227; set rmargin at screen 0.31970
set bmargin at screen 0.10057; set tmargin at screen 0.31034
set label 1 'r = 0, same Param' at screen 0.05227,0.32471
plot 'table-6-cells-60m-proxy.dat' index 42 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 43 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 44 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 45 using ($1/1000000.0):2 with lines lw 1 lc rgb '#999999', \
  'table-6-cells-60m-proxy.dat' index 46 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 47 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2', \
  'table-6-cells-60m-proxy.dat' index 48 using ($1/1000000.0):2 with lines lw 1.6 lc rgb '#0072B2'
unset label; unset arrow
unset multiplot
