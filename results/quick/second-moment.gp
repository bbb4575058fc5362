# Adam's second moment after the gradients have shrunk, by how it is stored. Data: second-moment.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'second-moment.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.09500; set rmargin at screen 0.73750
set bmargin at screen 0.12727; set tmargin at screen 0.85909
set label 101 'Adam''s second moment after the gradients have shrunk, by how it is stored' at screen 0.02000,0.95455 font ',15'
set label 102 'Gradients of deviation 1, and of 0.1 after 1000 updates; β₂ = 0.999, 8192 numbers.' at screen 0.02000,0.90455 font ',12' textcolor rgb '#555555'
set xlabel 'Updates'
set ylabel 'Mean of Adam''s second moment' offset 0.5,0
set xrange [0:5000.0]; set yrange [0.016285178968561152:1.0699594497680665]
set xtics ('0' 0.0, '1000' 1000.0, '2000' 2000.0, '3000' 3000.0, '4000' 4000.0, '5000' 5000.0)
set ytics ('0.02' 0.02, '0.05' 0.05, '0.1' 0.1, '0.2' 0.2, '0.5' 0.5, '1' 1.0)
set logscale y
set arrow 1 from screen 0.74000,0.17484 to screen 0.76750,0.21364 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'fp32' at screen 0.77250,0.21364 left
set arrow 2 from screen 0.74000,0.17476 to screen 0.76750,0.17500 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'bf16, stochastic rounding' at screen 0.77250,0.17500 left
set arrow 3 from screen 0.74000,0.17315 to screen 0.76750,0.13636 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 '8-bit, block-wise' at screen 0.77250,0.13636 left
set arrow 4 from screen 0.74000,0.77683 to screen 0.76750,0.77571 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'bf16, rounded once' at screen 0.77250,0.77571 left
set arrow 5 from screen 0.74000,0.81321 to screen 0.76750,0.81434 nohead lw 1.2 dt (12,3,2,3) lc rgb '#D55E00'
set label 5 'bf16, after each operation' at screen 0.77250,0.81434 left
plot 'second-moment.dat' index 0 using 1:2 with lines lw 1.8 dt solid lc rgb '#000000', \
  'second-moment.dat' index 1 using 1:2 with lines lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'second-moment.dat' index 2 using 1:2 with lines lw 1.8 dt (6,3) lc rgb '#009E73', \
  'second-moment.dat' index 3 using 1:2 with lines lw 1.8 dt (2,3) lc rgb '#0072B2', \
  'second-moment.dat' index 4 using 1:2 with lines lw 1.8 dt (12,3,2,3) lc rgb '#D55E00'
